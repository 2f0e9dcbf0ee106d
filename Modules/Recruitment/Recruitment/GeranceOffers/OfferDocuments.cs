using Marten;
using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Recruitment.OfferDiffusions;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GeranceOffers;

/// <summary>What offers need of the store and of the host.</summary>
internal static class OfferDocuments
{
    /// <summary>Each filter has an index in whose order a page can be read.</summary>
    public static void AddOffers(this MartenRegistry documents)
    {
        documents.Listed<GeranceOffer>()
            .Index([offer => offer.Status, offer => offer.Id])
            .Index([offer => offer.Status, offer => offer.Departement, offer => offer.Id])
            .Index([offer => offer.Status, offer => offer.Facts.Model, offer => offer.Id])
            .Index([offer => offer.Status, offer => offer.Facts.Housing!.Provided, offer => offer.Id])
            .Index([offer => offer.Status, offer => offer.PublishedAt])
            .Index([offer => offer.Status, offer => offer.Departement, offer => offer.PublishedAt])
            .Index([offer => offer.Status, offer => offer.Facts.ExpiresOn])
            .Index([offer => offer.InseeCode, offer => offer.Id])
            .Index([offer => offer.Departement, offer => offer.Id])
            .Index([offer => offer.CafeId, offer => offer.Id])
            .Index([offer => offer.Facts.Model, offer => offer.Id]);
        documents.Listed<OfferDiffusion>()
            .Index([diffusion => diffusion.OfferId, diffusion => diffusion.Id])
            .Index([diffusion => diffusion.Partner.ClientId, diffusion => diffusion.Id])
            .Index([diffusion => diffusion.IsOpen, diffusion => diffusion.Id])
            .Index([diffusion => diffusion.Ended, diffusion => diffusion.Id])
            .Index(diffusion => diffusion.DerivedVersion!)
            .UniqueIndex(diffusion => diffusion.OpenKey!);
    }

    public static IServiceCollection AddOfferClocks(this IServiceCollection services) => services
        .AddSingleton<OfferExpiry>()
        .AddHostedService(provider => provider.GetRequiredService<OfferExpiry>());
}
