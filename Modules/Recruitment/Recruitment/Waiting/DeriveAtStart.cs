using Marten;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MilleCafes.Recruitment.CafeCandidatures;
using MilleCafes.Recruitment.CommuneCandidatures;
using MilleCafes.Recruitment.GeranceOffers;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.Immersions;
using MilleCafes.Recruitment.Interviews;
using MilleCafes.Recruitment.OfferDiffusions;
using MilleCafes.Recruitment.Presentations;
using MilleCafes.Recruitment.Scorecards;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Waiting;

/// <summary>At each start, stores documents of an earlier version again as they are, so that what follows from their state is there too.</summary>
internal sealed class DeriveAtStart(IRecruitmentStore store, FollowSettings settings, TimeProvider time, ILogger<DeriveAtStart> logger) : BackgroundService
{
    /// <summary>Stores those that lack something, some at once, until there are none.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var acting = Acting.ByClock(nameof(DeriveAtStart), time);
        await StoreAsync<CommuneCandidature>(cancellationToken);
        await StoreAsync<CafeCandidature>(cancellationToken);
        await StoreAsync<GeranceOffer>(cancellationToken);
        await StoreAsync<GerantCandidature>(cancellationToken);
        await StoreAsync<Interview>(cancellationToken);
        await StoreAsync<Scorecard>(cancellationToken, (session, card) => FollowAsync(session, card, card.CandidatureId, card.Follow));
        await StoreAsync<Immersion>(cancellationToken, (session, immersion) => FollowAsync(session, immersion, immersion.CandidatureId, immersion.Follow));
        await StoreAsync<Presentation>(cancellationToken, (session, presentation) => FollowAsync(session, presentation, presentation.CandidatureId, presentation.Follow));
        await StoreAsync<OfferDiffusion>(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await RunAsync(stoppingToken);
            // After it: what lacks something may lack what these settings are looked up by
            await settings.RunAsync(stoppingToken);
        }
        catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
        {
            // Another node may have been faster; what is left then is stored at the next start
            logger.LogWarning(fault, "What follows from the state of documents could not be stored for all of them");
        }
        catch (OperationCanceledException)
        {
            // The host stops
        }
    }

    // An earlier version did not say in it that the candidate had left
    private static async Task<T> FollowAsync<T>(IQuerySession session, T document, Guid candidatureId, Func<GerantCandidature, T> follow) =>
        await session.LoadAsync<GerantCandidature>(candidatureId) is { } candidature ? follow(candidature) : document;

    private Task StoreAsync<T>(CancellationToken cancellationToken, Func<IQuerySession, T, Task<T>>? derive = null)
        where T : DerivedDocument => store.ChangeAllAsync(
        session => session.Query<T>().Where(document => document.DerivedVersion == null || document.DerivedVersion < DerivedDocument.CurrentVersion),
        async (session, document) =>
        {
            var next = derive is null ? document : await derive(session, document);
            // What has none reads as if it had the current one
            return (document with { DerivedVersion = null }, next with { DerivedVersion = DerivedDocument.CurrentVersion });
        },
        cancellationToken);
}
