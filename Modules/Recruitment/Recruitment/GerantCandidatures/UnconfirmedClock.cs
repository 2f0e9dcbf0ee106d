using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>Has what nobody confirmed forgotten, once an hour, on every host.</summary>
internal sealed class UnconfirmedClock(IServiceScopeFactory scopes, TimeProvider time, ILogger<UnconfirmedClock> logger) : Rounds(TimeSpan.FromHours(1), time, logger, startsAtOnce: false)
{
    /// <summary>Asks for it now.</summary>
    public async Task TickAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var session = scope.ServiceProvider.GetRequiredService<ModuleSession<IRecruitmentStore>>();
        await session.PublishAsync(new EraseUnconfirmed(Time.GetUtcNow()));
        await session.CommitAsync(Done.Value, cancellationToken);
    }

    protected override Task GoAsync(CancellationToken token) => TickAsync(token);
}
