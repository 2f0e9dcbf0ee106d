using Wolverine.Logging;
using Wolverine.Persistence.Durability.DeadLetterManagement;

namespace Wolverine.Persistence.Durability
{
    /// <summary>The application's view of the message tables.</summary>
    public interface IMessageStore : IAsyncDisposable
    {
        IMessageStoreAdmin Admin { get; }

        IDeadLetters DeadLetters { get; }

        bool HasDisposed { get; }
    }

    /// <summary>Upkeep of the message tables, mostly for tests.</summary>
    public interface IMessageStoreAdmin
    {
        /// <summary>Empties the tables of envelopes and dead letters.</summary>
        Task ClearAllAsync();

        Task<PersistedCounts> FetchCountsAsync();

        Task MigrateAsync();
    }

    /// <summary>Messages that were given up: list, replay, discard.</summary>
    public interface IDeadLetters
    {
        Task<DeadLetterEnvelope?> DeadLetterEnvelopeByIdAsync(Guid id, string? tenantId = default);

        Task DiscardAsync(DeadLetterEnvelopeQuery query, CancellationToken token);

        Task<DeadLetterEnvelopeResults> QueryAsync(DeadLetterEnvelopeQuery query, CancellationToken token);

        /// <summary>Gives them back to their queues with a new set of attempts.</summary>
        Task ReplayAsync(DeadLetterEnvelopeQuery query, CancellationToken token);
    }

    public record DeadLetterEnvelope(
        Guid Id,
        DateTimeOffset? ExecutionTime,
        Envelope Envelope,
        string MessageType,
        string ReceivedAt,
        string Source,
        string ExceptionType,
        string ExceptionMessage,
        DateTimeOffset SentAt,
        bool Replayable);
}

namespace Wolverine.Persistence.Durability.DeadLetterManagement
{
    /// <summary>Which dead letters; <see cref="MessageIds"/>, when given, goes before all the rest.</summary>
    public class DeadLetterEnvelopeQuery
    {
        public DeadLetterEnvelopeQuery()
        {
        }

        public DeadLetterEnvelopeQuery(JasperFx.Core.TimeRange range) => Range = range;

        public DeadLetterEnvelopeQuery(Guid[] messageIds) => MessageIds = messageIds;

        /// <summary>From 1; 0 is the first page too.</summary>
        public int PageNumber { get; set; }

        public int PageSize { get; set; } = 100;

        public string? MessageType { get; set; }

        public string? ExceptionType { get; set; }

        public string? ExceptionMessage { get; set; }

        public string? ReceivedAt { get; set; }

        public JasperFx.Core.TimeRange Range { get; set; } = JasperFx.Core.TimeRange.AllTime();

        public Guid[] MessageIds { get; set; } = [];
    }

    public class DeadLetterEnvelopeResults
    {
        public int TotalCount { get; set; }

        public List<DeadLetterEnvelope> Envelopes { get; set; } = [];

        public int PageNumber { get; set; }
    }
}

namespace Wolverine.Logging
{
    public class PersistedCounts
    {
        public int Incoming { get; set; }

        public int Scheduled { get; set; }

        public int DeadLetter { get; set; }
    }
}

namespace JasperFx.Core
{
    /// <summary>A span of time, open at either end.</summary>
    public record TimeRange(DateTimeOffset? From, DateTimeOffset? To)
    {
        public static TimeRange AllTime() => new(null, null);
    }
}
