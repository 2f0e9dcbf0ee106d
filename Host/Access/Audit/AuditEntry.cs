using System.Collections.Immutable;
using System.Linq.Expressions;
using MilleCafes.Shared;

namespace MilleCafes.Host.Access.Audit;

/// <summary>An entry of the audit, as <see cref="AuditTrail"/> writes it.</summary>
[Unaudited("It is the audit.")]
internal sealed record AuditEntry : Document, IVisible<AuditEntry>
{
    public required DateTimeOffset At { get; init; }

    /// <summary>Null when the system acted by itself.</summary>
    public Guid? ClientId { get; init; }

    public Guid? KeyId { get; init; }

    public required string Operation { get; init; }

    public required string TraceId { get; init; }

    public required AuditAct Act { get; init; }

    public required string SubjectType { get; init; }

    public required ImmutableArray<Guid> Subjects { get; init; }

    public ImmutableArray<AuditChange> Changes { get; init; } = [];

    /// <summary>When what it says of persons was erased.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    public static AuditEntry Of(AuditRecord written) => new()
    {
        Id = written.Id,
        At = written.At,
        ClientId = written.ClientId,
        KeyId = written.KeyId,
        Operation = written.Operation,
        TraceId = written.TraceId,
        Act = written.Act,
        SubjectType = written.SubjectType,
        Subjects = written.Subjects,
        Changes = written.Changes,
    };

    /// <summary>Keeps that it was done, by whom and to which members; not what they said of a person.</summary>
    public AuditEntry Erase(DateTimeOffset now) => this with
    {
        ErasedAt = now,
        Changes = [.. Changes.Select(change => change.Personal ? change with { From = null, To = null } : change)],
    };

    public static Expression<Func<AuditEntry, bool>>? VisibleTo(Holder holder) => holder.IsStaff ? null : Visibility.None<AuditEntry>();
}
