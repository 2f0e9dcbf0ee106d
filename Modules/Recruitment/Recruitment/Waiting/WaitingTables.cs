using Marten;
using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Recruitment.CafeCandidatures;
using MilleCafes.Recruitment.CommuneCandidatures;
using MilleCafes.Recruitment.GeranceOffers;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.Immersions;
using MilleCafes.Recruitment.Interviews;
using MilleCafes.Recruitment.Presentations;
using MilleCafes.Recruitment.Scorecards;

namespace MilleCafes.Recruitment.Waiting;

/// <summary>The indexes by which what waits is found, oldest first, on whomever it waits.</summary>
internal static class WaitingTables
{
    public static void AddWaiting(this MartenRegistry documents)
    {
        Waits<CommuneCandidature>(documents);
        Waits<CafeCandidature>(documents);
        Waits<GeranceOffer>(documents);
        Waits<GerantCandidature>(documents);
        Waits<Interview>(documents);
        Waits<Scorecard>(documents);
        Waits<Immersion>(documents);
        Waits<Presentation>(documents);
    }

    public static IServiceCollection AddWaiting(this IServiceCollection services) => services.AddScoped<WaitingSources>().AddSingleton<FollowSettings>().AddHostedService<DeriveAtStart>();

    private static void Waits<T>(MartenRegistry documents)
        where T : WaitingDocument => documents.For<T>()
            .Index(document => document.DerivedVersion!)
            .Index(document => document.WaitKey)
            .Index([document => document.WaitOn!, document => document.WaitKey]);
}
