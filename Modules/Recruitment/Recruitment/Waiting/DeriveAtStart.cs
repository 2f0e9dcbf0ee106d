using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Waiting;

/// <summary>At each start, has what documents of an earlier version lack derived from their state.</summary>
internal sealed class DeriveAtStart(IServiceScopeFactory scopes, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var acting = Acting.ByClock(nameof(DeriveAtStart), time);
        await using var scope = scopes.CreateAsyncScope();
        await using var session = scope.ServiceProvider.GetRequiredService<ModuleSession<IRecruitmentStore>>();
        await session.PublishAsync(new DeriveMembers());
        await session.CommitAsync(Done.Value, stoppingToken);
    }
}
