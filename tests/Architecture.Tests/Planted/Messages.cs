namespace MilleCafes.Architecture.Tests.Planted;

public sealed record GerantSelected(Guid CandidatureId, string InseeCode, int? Rank, DateOnly Day, IReadOnlyList<Guid> Others);

public sealed record LetterSent(Guid Id);

public sealed record SelectGerant(Guid Id);

public sealed record OfferOpened(Guid Id, Uri Link, IReadOnlyList<object> Rest);

public sealed record OfferClosed
{
    public Guid Id { get; set; }
}

public record ProjectStarted(Guid Id);

public sealed class ProjectStopped;

internal sealed record ProjectHidden(Guid Id);
