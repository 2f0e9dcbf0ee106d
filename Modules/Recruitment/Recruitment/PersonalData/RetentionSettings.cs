using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.PersonalData;

/// <summary>How long candidates are remembered: the section <c>Recruitment:Retention</c> of the configuration.</summary>
internal sealed record RetentionSettings
{
    private static readonly TimeSpan Shortest = TimeSpan.FromDays(1);

    /// <summary>After the last contact.</summary>
    public TimeSpan AfterLastContact { get; init; } = TimeSpan.FromDays(730);

    /// <summary>After a refusal, of candidates who did not agree to more: as long as it may have to be explained.</summary>
    public TimeSpan AfterDecline { get; init; } = TimeSpan.FromDays(92);

    /// <summary>How long before they are told.</summary>
    public TimeSpan Notice { get; init; } = TimeSpan.FromDays(14);

    public static RetentionSettings Read(SettingsReader read)
    {
        // No longer than candidates were told as they agreed
        var (usual, told) = (new RetentionSettings(), ConsentText.Current);
        var settings = new RetentionSettings
        {
            AfterLastContact = read.Duration("Recruitment:Retention:AfterLastContact", usual.AfterLastContact, Shortest, told.AfterLastContact),
            AfterDecline = read.Duration("Recruitment:Retention:AfterDecline", usual.AfterDecline, Shortest, told.AfterDecline),
            Notice = read.Duration("Recruitment:Retention:Notice", usual.Notice, Shortest, TimeSpan.FromDays(90)),
        };
        if (settings.AfterDecline > settings.AfterLastContact)
        {
            read.Refuse(
                "Recruitment:Retention:AfterDecline ne peut dépasser Recruitment:Retention:AfterLastContact",
                "Recruitment:Retention:AfterDecline cannot be longer than Recruitment:Retention:AfterLastContact");
        }

        return settings;
    }
}
