using Marten;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared.Mail;
using Wolverine.Marten;

namespace MilleCafes.Recruitment.PersonalData;

/// <summary>Whoever has the address of a candidate asked for what is known of them: the links go to that address, and nowhere else.</summary>
/// <param name="CandidatureId">The candidature that the address was given with, be it part of another now.</param>
public sealed record OwnDataAsked(Guid CandidatureId, DateTimeOffset At);

/// <summary>Mails a candidate the links to a copy of their data and to its erasure.</summary>
[MartenStore(typeof(IRecruitmentStore))]
public static class MailOwnDataLinksHandler
{
    private static readonly TimeSpan Within = TimeSpan.FromDays(2);

    public static async Task Handle(OwnDataAsked message, IDocumentSession session, Mailer mailer, GerantFormSettings settings, CancellationToken cancellationToken)
    {
        if (!mailer.IsConfigured || await session.SurvivorOfAsync(message.CandidatureId, cancellationToken) is not { DeletedAt: null } candidature
            || candidature.AddressOf(message.CandidatureId) is not { } address)
        {
            return;
        }

        // One mail a day is enough for whoever asks again and again
        var (id, dayBefore) = (message.CandidatureId, Guid.CreateVersion7(message.At.AddDays(-1)));
        if (await session.Query<CandidateLink>().AnyAsync(link => link.CandidatureId == id && link.Purpose == LinkPurpose.Copy && link.Id > dayBefore, cancellationToken))
        {
            return;
        }

        await mailer.SendAsync(
            address, "1000 cafés : vos données · your data",
            TextOf(Link("copie", LinkPurpose.Copy), Link("effacement", LinkPurpose.Erasure)), cancellationToken);

        string Link(string act, LinkPurpose purpose)
        {
            var (link, token) = CandidateLink.Make(id, purpose, message.At + Within, message.At);
            session.Insert(link);
            return $"{settings.LinkAddress}#{act}/{id}/{token}";
        }
    }

    private static string TextOf(string copy, string erasure) => $"""
        Bonjour,

        Quelqu'un, vous sans doute, a demandé ce que nous savons de vous. Ces liens servent une fois, pendant deux jours, et valent pour toutes vos candidatures, quel que soit le café.

        Recevoir une copie de tout :

          {copy}

        Tout effacer, sans retour :

          {erasure}

        Si ce n'est pas vous, ne faites rien.

        —

        Hello,

        Somebody, you no doubt, asked for what we know of you. The first link gives a copy of it all, the second erases it all for good, of all your candidatures, whichever the café; each serves once, for two days.
        If it was not you, do nothing.
        """;
}
