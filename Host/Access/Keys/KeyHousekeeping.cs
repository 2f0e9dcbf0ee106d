using Marten;
using MilleCafes.Host.Access.Tokens;
using MilleCafes.Shared;

namespace MilleCafes.Host.Access.Keys;

/// <summary>Writes down when keys were used, tells of those that end soon, and forgets tokens that have ended.</summary>
internal sealed class KeyHousekeeping(IAccessStore store, KeyDirectory directory, IServiceScopeFactory scopes, TimeProvider time, ILogger<KeyHousekeeping> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenNotices = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long noticed = 0;
        using var timer = new PeriodicTimer(Pace, time);
        do
        {
            try
            {
                await WriteUsesAsync(stoppingToken);
                if (noticed == 0 || time.GetElapsedTime(noticed) >= BetweenNotices)
                {
                    noticed = time.GetTimestamp();
                    await TellAsync(stoppingToken);
                }
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                logger.LogWarning("Keys could not be looked after, trying again: {Fault}", fault.Message);
            }
        }
        while (await WaitAsync(timer, stoppingToken));
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteUsesAsync(cancellationToken);
    }

    /// <summary>Gives the notices that are due.</summary>
    public async Task TellAsync(CancellationToken token)
    {
        var now = time.GetUtcNow();
        var horizon = now.AddDays(ApiKey.NoticeDays.Max());
        await using var scope = scopes.CreateAsyncScope();
        var lookup = scope.ServiceProvider.GetRequiredService<ModuleSession<IAccessStore>>();
        var ending = await lookup.Query<ApiKey>().Where(key => key.RevokedAt == null && key.ReplacedBy == null && key.ExpiresAt > now && key.ExpiresAt <= horizon).ToListAsync(token);
        foreach (var key in ending)
        {
            if (key.NoticeDue(now) is { } days)
            {
                await TellAsync(key, days, now, token);
            }
        }

        await using var session = store.LightweightSession();
        session.DeleteWhere<AccessToken>(ended => ended.ExpiresAt < now);
        await session.SaveChangesAsync(token);
    }

    private async Task TellAsync(ApiKey key, int days, DateTimeOffset now, CancellationToken token)
    {
        using var acting = Acting.ByClock("KeyHousekeeping", time);
        await using var scope = scopes.CreateAsyncScope();
        await using var session = scope.ServiceProvider.GetRequiredService<ModuleSession<IAccessStore>>();
        // Another node that is faster tells of it, and this one is refused
        await session.DecideAsync<ApiKey>(
            key.Id, KeyErrors.Unknown, known => known.NoticeDue(now) == days ? known.Notify(days, now) : KeyErrors.Unknown, token,
            publish: told => new AccessKeyExpiring(told.Id, told.ClientId, told.Prefix, told.ExpiresAt!.Value, (int)Math.Ceiling((told.ExpiresAt.Value - now).TotalDays), now));
    }

    /// <summary>Writes down what is known of the use of keys.</summary>
    public async Task WriteUsesAsync(CancellationToken token)
    {
        if (directory.TakeUses() is not { Count: > 0 } uses)
        {
            return;
        }

        try
        {
            await store.WriteAsync(uses, token);
        }
        catch
        {
            // The next round, or the stop of the host, writes them
            foreach (var (key, at) in uses)
            {
                directory.NoteUse(key, at);
            }

            throw;
        }
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken token)
    {
        try
        {
            return await timer.WaitForNextTickAsync(token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
