using System.Linq.Expressions;

namespace MilleCafes.Shared;

/// <summary>A document that says which holders may see it; the store is asked for nothing else.</summary>
/// <remarks>Without it a <see cref="ModuleSession{TStore}"/> takes no document, so no slice can forget it.</remarks>
public interface IVisible<TSelf>
    where TSelf : Document, IVisible<TSelf>
{
    /// <summary>Which documents are the holder's to see; null when all are.</summary>
    static abstract Expression<Func<TSelf, bool>>? VisibleTo(Holder holder);

    /// <summary>Which documents the holder was shown once, be it that they see them no more; null when nothing is ever taken back from them.</summary>
    static virtual Expression<Func<TSelf, bool>>? WasVisibleTo(Holder holder) => null;

    /// <summary>The département whose antenne writes to this document; null when any staff may.</summary>
    string? WritingDepartement => null;

    /// <summary>The antenne that the team gave it to, which writes to it besides; null when it is that of the département.</summary>
    Antenne? WritingAntenne => null;
}

/// <summary>What documents say of who may see them.</summary>
public static class Visibility
{
    /// <summary>None of them.</summary>
    public static Expression<Func<T, bool>> None<T>()
        where T : Document => document => document.Id == Guid.Empty;
}
