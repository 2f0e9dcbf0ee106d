using MilleCafes.Recruitment.GeranceOffers;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Tests.GeranceOffers;

/// <summary>The café of Sénergues looks for its gérant; nothing is missing unless a test says otherwise.</summary>
internal static class OfferExample
{
    public const string Actor = "00000000-0000-7000-8000-000000000001";

    public static readonly DateTimeOffset Now = new(2027, 1, 4, 9, 30, 0, TimeSpan.Zero);

    public static readonly DateOnly Today = new(2027, 1, 4);

    public static readonly OfferPlace Place = new("12268", "Sénergues", "12", null);

    public static readonly OfferFacts Facts = new(
        "Gérance du café de Sénergues", CafeModel.Entrepreneurial, new(true, "Trois pièces"), 150_000, new(2027, 4, 1), "Des personnes qui aiment accueillir.",
        [CafeService.BreadDepot, CafeService.PostPoint], new(2027, 3, 1));

    public static GeranceOffer Draft(OfferFacts? facts = null) => GeranceOffer.Draft(Guid.CreateVersion7(Now), Place, facts ?? Facts, Actor, Now);

    public static GeranceOffer Published(OfferFacts? facts = null) => Draft(facts).Publish(Today, 60, Actor, Now).Value;
}
