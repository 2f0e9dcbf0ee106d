using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GeranceOffers;

/// <summary>Ends the offers whose last day is over: each day, soon after midnight in France.</summary>
internal sealed class OfferExpiry(IServiceScopeFactory scopes, TimeProvider time, ILogger<OfferExpiry> logger) : Rounds(Pace, time, logger)
{
    private const int AtOnce = 100;

    // Midnight comes at another hour of UTC in summer; readers see no offer after its last day, whether this has run or not
    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(10);

    private DateOnly done = DateOnly.MinValue;

    /// <summary>Ends what was open until a day before this one, and says how many there were.</summary>
    public async Task<int> ExpireAsync(DateOnly today, CancellationToken token)
    {
        var ended = 0;
        for (var after = Guid.Empty; ;)
        {
            var due = await DueAsync(today, after, token);
            foreach (var id in due)
            {
                await TryAsync($"The expiry of offer {id}", async stopping => ended += await ExpireAsync(id, today, stopping) ? 1 : 0, token);
            }

            if (due.Count < AtOnce)
            {
                return ended;
            }

            after = due[^1];
        }
    }

    protected override async Task GoAsync(CancellationToken token)
    {
        var today = Time.Today();
        if (today > done)
        {
            await ExpireAsync(today, token);
            done = HasFailed ? done : today;
        }
    }

    private async Task<List<Guid>> DueAsync(DateOnly today, Guid after, CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<ModuleSession<IRecruitmentStore>>();
        var due = await session.Query<GeranceOffer>()
            .Where(offer => offer.Status == GeranceOfferStatus.Published && offer.Facts.ExpiresOn < today && offer.Id > after)
            .OrderBy(offer => offer.Id).Take(AtOnce).ToListAsync(token);
        return [.. due.Select(offer => offer.Id)];
    }

    // Another node that is faster ends it, and this one is refused; whoever did something else to it meanwhile does not keep it open until tomorrow
    private async Task<bool> ExpireAsync(Guid id, DateOnly today, CancellationToken token)
    {
        Result<GeranceOffer> decision;
        do
        {
            decision = await DecideAsync(id, today, token);
        }
        while (decision.Error == CommonErrors.ChangedMeanwhile);
        return !decision.IsRefused(out _);
    }

    private async Task<Result<GeranceOffer>> DecideAsync(Guid id, DateOnly today, CancellationToken token)
    {
        using var acting = Acting.ByClock(nameof(OfferExpiry), Time);
        await using var scope = scopes.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<ModuleSession<IRecruitmentStore>>();
        return await session.DecideAsync<GeranceOffer>(
            id, GeranceOfferErrors.Unknown, offer => offer.Expire(today, Time.GetUtcNow()), token, publish: expired => expired.ToExpired());
    }
}
