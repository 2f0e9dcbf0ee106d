namespace MilleCafes.Recruitment.GeranceOffers;

/// <summary>What a feed says of itself, in either form, and the offers it holds, newest first.</summary>
/// <param name="Site">Where the host is reached.</param>
/// <param name="Name">The last part of the feed's address.</param>
internal sealed record OfferFeed(string Site, string Name, string? Departement, string Author, IReadOnlyList<GeranceOffer> Offers)
{
    public string Home => $"{Site}{OpenOffers.Address}{Query}";

    public string Self => $"{Site}{OpenOffers.Address}/{Name}{Query}";

    public string Title => Departement is null
        ? Shared.Language.Choose("Gérances de cafés à pourvoir", "Cafés looking for their gérants")
        : Shared.Language.Choose($"Gérances de cafés à pourvoir ({Departement})", $"Cafés looking for their gérants ({Departement})");

    public static string Language => Shared.Language.Choose("fr", "en");

    /// <summary>When it changed last; an empty one never did.</summary>
    public DateTimeOffset UpdatedAt => Offers.Count > 0 ? Offers.Max(offer => offer.UpdatedAt) : DateTimeOffset.UnixEpoch;

    public string AddressOf(GeranceOffer offer) => OpenOffers.PageOf(offer, Site);

    private string Query => Departement is null ? "" : $"?departement={Uri.EscapeDataString(Departement)}";
}
