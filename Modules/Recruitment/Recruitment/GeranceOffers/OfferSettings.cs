using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GeranceOffers;

/// <summary>What an operator may change of offers.</summary>
internal sealed record OfferSettings
{
    /// <summary>How many days an offer stays open when it does not say.</summary>
    public int OpenDays { get; init; } = 60;

    /// <summary>Who offers, as job boards show it.</summary>
    public string Organisation { get; init; } = "1000 cafés";

    /// <summary>Where that organisation tells of itself.</summary>
    public Uri? OrganisationAddress { get; init; }

    public static OfferSettings Read(SettingsReader read)
    {
        var usual = new OfferSettings();
        return new()
        {
            OpenDays = read.Number("Recruitment:OfferOpenDays", usual.OpenDays, 1, 730),
            Organisation = read.Text("Recruitment:OfferOrganisation", usual.Organisation)!,
            OrganisationAddress = read.Address("Recruitment:OfferOrganisationAddress", Uri.UriSchemeHttps, Uri.UriSchemeHttp),
        };
    }
}
