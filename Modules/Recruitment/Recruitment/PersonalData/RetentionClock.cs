using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;
using MilleCafes.Shared.Mail;

namespace MilleCafes.Recruitment.PersonalData;

/// <summary>Tells candidates that the time they are remembered is nearly over, and has those erased who were told and whose time is: at start, then once a day.</summary>
/// <remarks>Whom no mail reaches waits for the team to tell them.</remarks>
internal sealed class RetentionClock(IServiceScopeFactory scopes, RetentionSettings settings, Mailer mailer, TimeProvider time, ILogger<RetentionClock> logger) : Rounds(TimeSpan.FromDays(1), time, logger)
{
    private const int AtOnce = 200;

    /// <summary>Gives the notices and erases the candidates that are due.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        var due = new DueCandidatures(settings, now);
        await AttendAllAsync(due.Silent, candidature => candidature.SilentKey, now, cancellationToken);
        await AttendAllAsync(due.Declined, candidature => candidature.DeclinedKey, now, cancellationToken);
    }

    protected override Task GoAsync(CancellationToken token) => RunAsync(token);

    private async Task AttendAllAsync(
        Func<IQueryable<GerantCandidature>, Guid, IQueryable<GerantCandidature>> after, Func<GerantCandidature, Guid> keyOf, DateTimeOffset now, CancellationToken cancellationToken)
    {
        for (var last = Guid.Empty; ;)
        {
            await using var scope = scopes.CreateAsyncScope();
            var session = scope.ServiceProvider.GetRequiredService<ModuleSession<IRecruitmentStore>>();
            var some = await after(session.Query<GerantCandidature>(), last).Take(AtOnce).ToListAsync(cancellationToken);
            foreach (var candidature in some)
            {
                await TryAsync(candidature.Id, token => AttendAsync(candidature, now, token), cancellationToken);
            }

            if (some.Count < AtOnce)
            {
                return;
            }

            last = keyOf(some[^1]);
        }
    }

    private async Task AttendAsync(GerantCandidature candidature, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (RetentionTerm.Of(candidature, settings) is not { } term)
        {
            return;
        }

        using var acting = Acting.ByClock(nameof(RetentionClock), Time);
        await using var scope = scopes.CreateAsyncScope();
        await using var session = scope.ServiceProvider.GetRequiredService<ModuleSession<IRecruitmentStore>>();
        if (term.IsErasureDue(now))
        {
            await session.PublishAsync(new EraseCandidate(candidature.Id, Asked: false));
            await session.CommitAsync(Done.Value, cancellationToken);
        }
        else if (term.IsNoticeDue(now) && candidature.IsReachedBy(mailer))
        {
            // Another node that is faster tells them, and this one is refused
            await session.DecideAsync<GerantCandidature>(
                candidature.Id,
                GerantCandidatureErrors.Unknown,
                known => RetentionTerm.Of(known, settings)?.IsNoticeDue(now) is true ? known.NoticeErasure(now) : GerantCandidatureErrors.Unknown,
                cancellationToken,
                publish: told => new ErasureNoticed(told.Id));
        }
    }
}
