using System.Linq.Expressions;
using Marten;
using Microsoft.AspNetCore.Routing;

namespace MilleCafes.Shared;

/// <summary>What the holder of the current request may see and write, and the audit of what it writes.</summary>
internal sealed class RequestGuard(CurrentActor actor, Antennes antennes, TimeProvider time)
{
    private readonly AuditTrail audit = new(actor, time);
    private readonly Dictionary<Guid, Document> loaded = [];
    private readonly HashSet<Guid> asked = [];
    private int written;
    private int same;

    /// <summary>Why nothing of what was written may be committed.</summary>
    public Error? Refusal { get; private set; }

    // « If-Match » is about what the address names, not about what changes along with it
    private Guid? Addressed => Guid.TryParse(actor.Request?.GetRouteValue("id") as string, out var id) ? id : null;

    /// <summary>Whether all that was written leaves things as they are: what was published then tells of a change that there is not.</summary>
    public bool ChangesNothing => same > 0 && written == 0;

    /// <summary>The refusal of a commit that lost a race.</summary>
    public Error Clash => actor.HasExpectation ? CommonErrors.PreconditionFailed : CommonErrors.ChangedMeanwhile;

    /// <summary>Which documents may be seen; null when all may, or nobody asks.</summary>
    public Expression<Func<T, bool>>? VisibleTo<T>()
        where T : Document, IVisible<T> => actor.Holder is { } holder ? T.VisibleTo(holder) : null;

    /// <summary>Which documents were seen once; null when all that were still are, or nobody asks.</summary>
    public Expression<Func<T, bool>>? WasVisibleTo<T>()
        where T : Document, IVisible<T> => actor.Holder is { } holder ? T.WasVisibleTo(holder) : null;

    public bool Expects(Document document) => actor.ExpectsRevision(document.Revision);

    /// <summary>Keeps what was there before; what is asked of another revision of it is refused, whatever else it would write.</summary>
    public void Loaded(Document document)
    {
        loaded[document.Id] = document;
        if (Addressed == document.Id && !Expects(document))
        {
            Refusal = CommonErrors.PreconditionFailed;
        }
    }

    /// <summary>Lets whoever was asked to write to a document of another antenne do so.</summary>
    public void LetWrite(Document document) => asked.Add(document.Id);

    /// <summary>Judges a state that is to be stored, and notes it.</summary>
    /// <returns>Whether it is another than the one that was loaded.</returns>
    public bool Write<T>(T document, bool created)
        where T : Document, IVisible<T>
    {
        var before = created ? null : (T?)loaded.GetValueOrDefault(document.Id);
        // Compiled, not interpreted: « Contains » of an array is one of spans, which the interpreter cannot call
        if (VisibleTo<T>() is { } visible && !visible.Compile()(document))
        {
            Refusal = CommonErrors.NotYours;
        }
        // Nor is what is another antenne's taken to one's own
        else if (IsElsewhere(before) || IsElsewhere(document))
        {
            Refusal = CommonErrors.OtherAntenne;
        }
        else if (!created && (Addressed ?? document.Id) == document.Id && !Expects(document))
        {
            Refusal = CommonErrors.PreconditionFailed;
        }

        if (before is not null && Differences.AreNone(before, document))
        {
            same++;
            return false;
        }

        written++;
        audit.Note(before, document);
        return true;
    }

    public void AppendTo(IDocumentOperations session) => audit.AppendTo(session);

    private bool IsElsewhere<T>(T? document)
        where T : Document, IVisible<T> => document?.WritingDepartement is { } departement && !asked.Contains(document.Id) && actor.Holder?.WritesIn is { } limits && !limits.Contains(departement)
            && (document.WritingAntenne is not { } given || !limits.Any(limit => antennes.Of(limit) == given));
}
