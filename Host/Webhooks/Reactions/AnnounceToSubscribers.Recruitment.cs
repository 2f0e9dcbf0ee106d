using Marten;
using MilleCafes.Host.Webhooks.Subscriptions;
using MilleCafes.Recruitment.Contracts;

namespace MilleCafes.Host.Webhooks.Reactions;

/// <summary>What Recruitment says.</summary>
public static partial class AnnounceToSubscribersHandler
{
    public static Task<IEnumerable<object>> Handle(
        CommuneCandidatureAccepted message, IDocumentSession session, Audience audience, TimeProvider time, CancellationToken cancellationToken) =>
        AnnounceAsync(message, null, session, audience, time, cancellationToken);

    public static Task<IEnumerable<object>> Handle(
        CommuneCorrectionsRequested message, IDocumentSession session, Audience audience, TimeProvider time, CancellationToken cancellationToken) =>
        AnnounceAsync(message, null, session, audience, time, cancellationToken);

    public static Task<IEnumerable<object>> Handle(
        CommuneCandidatureDeclined message, IDocumentSession session, Audience audience, TimeProvider time, CancellationToken cancellationToken) =>
        AnnounceAsync(message, null, session, audience, time, cancellationToken);

    public static Task<IEnumerable<object>> Handle(
        CommuneCandidatureReopened message, IDocumentSession session, Audience audience, TimeProvider time, CancellationToken cancellationToken) =>
        AnnounceAsync(message, null, session, audience, time, cancellationToken);

    public static Task<IEnumerable<object>> Handle(
        ImmersionBooked message, IDocumentSession session, Audience audience, TimeProvider time, CancellationToken cancellationToken) =>
        AnnounceAsync(message, null, session, audience, time, cancellationToken);

    public static Task<IEnumerable<object>> Handle(
        ImmersionCancelled message, IDocumentSession session, Audience audience, TimeProvider time, CancellationToken cancellationToken) =>
        AnnounceAsync(message, null, session, audience, time, cancellationToken);

    public static Task<IEnumerable<object>> Handle(
        ImmersionShortened message, IDocumentSession session, Audience audience, TimeProvider time, CancellationToken cancellationToken) =>
        AnnounceAsync(message, null, session, audience, time, cancellationToken);

    public static Task<IEnumerable<object>> Handle(
        CandidatePresented message, IDocumentSession session, Audience audience, TimeProvider time, CancellationToken cancellationToken) =>
        AnnounceAsync(message, null, session, audience, time, cancellationToken);

    public static Task<IEnumerable<object>> Handle(
        CandidatePresentationEnded message, IDocumentSession session, Audience audience, TimeProvider time, CancellationToken cancellationToken) =>
        AnnounceAsync(message, null, session, audience, time, cancellationToken);

    public static Task<IEnumerable<object>> Handle(
        GerantSelected message, IDocumentSession session, Audience audience, TimeProvider time, CancellationToken cancellationToken) =>
        AnnounceAsync(message, null, session, audience, time, cancellationToken);

    public static Task<IEnumerable<object>> Handle(
        CafeCandidatureAccepted message, IDocumentSession session, Audience audience, TimeProvider time, CancellationToken cancellationToken) =>
        AnnounceAsync(message, null, session, audience, time, cancellationToken);

    public static Task<IEnumerable<object>> Handle(
        GeranceOfferPublished message, IDocumentSession session, Audience audience, TimeProvider time, CancellationToken cancellationToken) =>
        AnnounceAsync(message, null, session, audience, time, cancellationToken);

    public static Task<IEnumerable<object>> Handle(
        GeranceOfferChanged message, IDocumentSession session, Audience audience, TimeProvider time, CancellationToken cancellationToken) =>
        AnnounceAsync(message, null, session, audience, time, cancellationToken);

    public static Task<IEnumerable<object>> Handle(
        GeranceOfferUnpublished message, IDocumentSession session, Audience audience, TimeProvider time, CancellationToken cancellationToken) =>
        AnnounceAsync(message, null, session, audience, time, cancellationToken);

    public static Task<IEnumerable<object>> Handle(
        GeranceOfferFilled message, IDocumentSession session, Audience audience, TimeProvider time, CancellationToken cancellationToken) =>
        AnnounceAsync(message, null, session, audience, time, cancellationToken);

    public static Task<IEnumerable<object>> Handle(
        GeranceOfferExpired message, IDocumentSession session, Audience audience, TimeProvider time, CancellationToken cancellationToken) =>
        AnnounceAsync(message, null, session, audience, time, cancellationToken);

    public static Task<IEnumerable<object>> Handle(
        GerantInPost message, IDocumentSession session, Audience audience, TimeProvider time, CancellationToken cancellationToken) =>
        AnnounceAsync(message, null, session, audience, time, cancellationToken);

    public static Task<IEnumerable<object>> Handle(
        GerantSelectionEnded message, IDocumentSession session, Audience audience, TimeProvider time, CancellationToken cancellationToken) =>
        AnnounceAsync(message, null, session, audience, time, cancellationToken);

    public static Task<IEnumerable<object>> Handle(
        GerantPostCorrected message, IDocumentSession session, Audience audience, TimeProvider time, CancellationToken cancellationToken) =>
        AnnounceAsync(message, null, session, audience, time, cancellationToken);

    public static Task<IEnumerable<object>> Handle(
        CandidateErased message, IDocumentSession session, Audience audience, TimeProvider time, CancellationToken cancellationToken) =>
        AnnounceAsync(message, null, session, audience, time, cancellationToken);

    public static Task<IEnumerable<object>> Handle(
        CafeCandidatureDeclined message, IDocumentSession session, Audience audience, TimeProvider time, CancellationToken cancellationToken) =>
        AnnounceAsync(message, null, session, audience, time, cancellationToken);
}
