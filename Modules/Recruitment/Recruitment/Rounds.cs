using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MilleCafes.Recruitment;

/// <summary>What each node does by itself, again and again; a round that fails is made again soon.</summary>
/// <param name="pace">How long after one round the next is made.</param>
/// <param name="startsAtOnce">Whether the first is made as the host starts, or after that time.</param>
internal abstract class Rounds(TimeSpan pace, TimeProvider time, ILogger logger, bool startsAtOnce = true) : BackgroundService
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(10);

    protected TimeProvider Time => time;

    /// <summary>Whether something of this round failed, which is then not over.</summary>
    protected bool HasFailed { get; private set; }

    /// <summary>Makes one round.</summary>
    protected abstract Task GoAsync(CancellationToken token);

    /// <summary>Does one thing of several, which holds up none of those behind it when it fails.</summary>
    /// <param name="what">What a log names it by; nothing that says who somebody is.</param>
    protected async Task TryAsync(object what, Func<CancellationToken, Task> act, CancellationToken token)
    {
        try
        {
            await act(token);
        }
        catch (Exception fault) when (!token.IsCancellationRequested)
        {
            logger.LogWarning(fault, "{What} failed, and is tried again soon", what);
            HasFailed = true;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(pace, time);
        try
        {
            for (var goes = startsAtOnce; goes || await timer.WaitForNextTickAsync(stoppingToken); goes = false)
            {
                HasFailed = false;
                await TryAsync(GetType().Name, GoAsync, stoppingToken);
                timer.Period = HasFailed && Soon < pace ? Soon : pace;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops
        }
    }
}
