using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>Has what nobody confirmed forgotten, once an hour, on every host.</summary>
internal sealed class UnconfirmedClock(IServiceScopeFactory scopes, TimeProvider time, ILogger<UnconfirmedClock> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Asks for it now.</summary>
    public async Task TickAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var session = scope.ServiceProvider.GetRequiredService<ModuleSession<IRecruitmentStore>>();
        await session.PublishAsync(new EraseUnconfirmed(time.GetUtcNow()));
        await session.CommitAsync(Done.Value, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryTickAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops
        }
    }

    private async Task TryTickAsync(CancellationToken stoppingToken)
    {
        try
        {
            await TickAsync(stoppingToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // An hour later it is tried again
            logger.LogWarning("Unconfirmed candidatures could not be looked after: {Fault}", fault.Message);
        }
    }
}
