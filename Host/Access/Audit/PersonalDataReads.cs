using System.Collections.Immutable;
using System.Threading.Channels;
using MilleCafes.Shared;

namespace MilleCafes.Host.Access.Audit;

/// <summary>Writes down who reads what of persons, before it is sent; the readings of concurrent requests in one commit, for they are many.</summary>
internal sealed class PersonalDataReads(IAccessStore store, TimeProvider time) : BackgroundService
{
    private const int MostWaiting = 10_000;
    private const int AtOnce = 500;

    private readonly Channel<Reading> waiting = Channel.CreateBounded<Reading>(MostWaiting);

    /// <summary>Returns once the entries are committed: what cannot be written down is not read.</summary>
    public async Task NoteAsync(HttpContext http)
    {
        if (http.Features.Get<PersonsShown>()?.Take() is not { IsEmpty: false } shown || http.Features.Get<Holder>() is not { } holder)
        {
            return;
        }

        var origin = Origin.Of(http, holder);
        var reading = new Reading([.. shown.Select(persons => AuditEntry.Of(AuditTrail.Entry(origin, time, AuditAct.PersonalDataRead, persons.SubjectType, persons.Subjects)))]);
        await waiting.Writer.WriteAsync(reading, http.RequestAborted);
        await reading.Done.Task.WaitAsync(http.RequestAborted);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Ends with the channel, not with the host: requests that are under way are answered first
        var some = new List<Reading>(AtOnce);
        while (await waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (some.Count < AtOnce && waiting.Reader.TryRead(out var reading))
            {
                some.Add(reading);
            }

            await WriteAsync(some);
            some.Clear();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        waiting.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
    }

    private async Task WriteAsync(List<Reading> readings)
    {
        try
        {
            await using var session = store.LightweightSession();
            session.Insert(readings.SelectMany(reading => reading.Entries));
            await session.SaveChangesAsync(CancellationToken.None);
            readings.ForEach(reading => reading.Done.TrySetResult());
        }
        catch (Exception fault)
        {
            readings.ForEach(reading => reading.Done.TrySetException(fault));
        }
    }

    /// <summary>The entries of one answer, and whoever waits for them.</summary>
    private sealed record Reading(ImmutableArray<AuditEntry> Entries)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
