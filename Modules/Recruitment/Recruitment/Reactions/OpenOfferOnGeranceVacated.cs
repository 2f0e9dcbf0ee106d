using Marten;
using MilleCafes.Accompaniment.Contracts;
using MilleCafes.Recruitment.GeranceOffers;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;
using Wolverine.Marten;

namespace MilleCafes.Recruitment.Reactions;

/// <summary>A café whose gérant leaves gets the draft of an offer, once; the team completes and publishes it.</summary>
[MartenStore(typeof(IRecruitmentStore))]
public static class OpenOfferOnGeranceVacatedHandler
{
    /// <summary>The offer's id comes from the message: present means that this message was played before.</summary>
    public static async Task Handle(GeranceVacated message, IDocumentSession session, TimeProvider time, CancellationToken cancellationToken)
    {
        var id = DerivedId.From(message.CafeId, nameof(GeranceOffer), message.VacatedAt);
        if (!await session.CheckExistsAsync<GeranceOffer>(id, cancellationToken))
        {
            session.Create(GeranceOffer.Draft(
                id,
                PlaceOf(message),
                OfferFacts.Nothing with { Title = $"Gérance du café de {message.CommuneName}" },
                null,
                time.GetUtcNow(),
                message.Reason));
        }
    }

    // The project keeps the commune that it was opened in; no offer begins under a code that has ended since
    private static OfferPlace PlaceOf(GeranceVacated message) =>
        CommuneRegistry.Official.Find(message.InseeCode)?.Commune is { } commune && commune.InseeCode != message.InseeCode
            ? OfferPlace.Of(commune, message.CafeId)
            : new(message.InseeCode, message.CommuneName, message.Departement, message.CafeId);
}
