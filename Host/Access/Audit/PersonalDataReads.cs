using System.Collections.Immutable;
using System.Threading.Channels;
using MilleCafes.Shared;

namespace MilleCafes.Host.Access.Audit;

/// <summary>The persons whose data the answer of one request shows.</summary>
internal sealed class PersonsShown
{
    public HashSet<Guid> Subjects { get; } = [];

    public string SubjectType { get; set; } = "";
}

/// <summary>Writes down who read what of persons; together, and after the answer, for readings are many.</summary>
internal sealed class PersonalDataReads(IAccessStore store, TimeProvider time, ILogger<PersonalDataReads> logger) : BackgroundService
{
    private const int MostWaiting = 10_000;
    private const int AtOnce = 500;

    private readonly Channel<AuditEntry> waiting = Channel.CreateBounded<AuditEntry>(MostWaiting);

    /// <summary>Waits when more is read than can be written down: nothing is read unseen.</summary>
    public async ValueTask NoteAsync(HttpContext http)
    {
        if (http.Features.Get<PersonsShown>() is { Subjects.Count: > 0 } shown && http.Features.Get<Holder>() is { } holder)
        {
            var entry = AuditTrail.Entry(Origin.Of(http, holder), time, AuditAct.PersonalDataRead, shown.SubjectType, [.. shown.Subjects]);
            await waiting.Writer.WriteAsync(AuditEntry.Of(entry), CancellationToken.None);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Ends with the channel, not with the host: what was read is written down first
        while (await waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            var some = ImmutableArray.CreateBuilder<AuditEntry>();
            while (some.Count < AtOnce && waiting.Reader.TryRead(out var entry))
            {
                some.Add(entry);
            }

            await WriteAsync(some.DrainToImmutable(), stoppingToken);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        waiting.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
    }

    private async Task WriteAsync(ImmutableArray<AuditEntry> entries, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await using var session = store.LightweightSession();
                session.Insert<AuditEntry>(entries);
                await session.SaveChangesAsync(CancellationToken.None);
                return;
            }
            catch (Exception fault) when (!stopping.IsCancellationRequested)
            {
                logger.LogWarning("Readings of personal data could not be written down, trying again: {Fault}", fault.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), time, CancellationToken.None);
            }
        }
    }
}
