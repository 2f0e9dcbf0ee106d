using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>The public form and the candidates' mail: the section <c>Recruitment</c> of the configuration.</summary>
public sealed record GerantFormSettings
{
    private static readonly Uri Here = new("http://127.0.0.1:5080/candidature");

    /// <summary>How many forms a network address may send at most, and gets anew over a window.</summary>
    public int Permits { get; init; } = 10;

    /// <summary>How long it takes to get all of them anew.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a candidate has to follow the link; what is not confirmed by then is erased.</summary>
    public TimeSpan ConfirmWithin { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long it takes until the link is mailed again to who asks again.</summary>
    public TimeSpan ResendAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The page that the links in the mails lead to; what a link opens follows after « # ».</summary>
    public Uri LinkAddress { get; init; } = Here;

    /// <summary>Whether a candidate is told of a refusal by mail.</summary>
    public bool MailDeclined { get; init; } = true;

    /// <summary>Whether a candidate is told by mail of each new stage that has no mail of its own.</summary>
    public bool MailStages { get; init; }

    /// <summary>Reads the section.</summary>
    public static GerantFormSettings Read(SettingsReader read)
    {
        ArgumentNullException.ThrowIfNull(read);
        var usual = new GerantFormSettings();
        var given = read.Address("Recruitment:Form:LinkAddress", "https", "http");
        if (given is { Fragment.Length: > 0 })
        {
            read.Refuse("Recruitment:Form:LinkAddress ne doit pas avoir de « # »", "Recruitment:Form:LinkAddress must not have a “#”");
        }

        if (given is null && read.IsGiven("Smtp:Host"))
        {
            read.Refuse(
                $"Recruitment:Form:LinkAddress doit être réglé quand Smtp:Host l'est : les mails des candidats mèneraient à {Here}, qu'aucun d'eux n'atteint",
                $"Recruitment:Form:LinkAddress must be set when Smtp:Host is: candidates' mails would lead to {Here}, which none of them reaches");
        }

        return new()
        {
            Permits = read.Number("Recruitment:Form:Permits", usual.Permits, 1, int.MaxValue),
            Window = read.Duration("Recruitment:Form:Window", usual.Window, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
            ConfirmWithin = read.Duration("Recruitment:Form:ConfirmWithin", usual.ConfirmWithin, TimeSpan.FromSeconds(1), TimeSpan.FromDays(60)),
            ResendAfter = read.Duration("Recruitment:Form:ResendAfter", usual.ResendAfter, TimeSpan.Zero, TimeSpan.FromDays(1)),
            LinkAddress = given ?? usual.LinkAddress,
            MailDeclined = read.Flag("Recruitment:Mail:Declined", usual.MailDeclined),
            MailStages = read.Flag("Recruitment:Mail:Stages", usual.MailStages),
        };
    }
}
