using Marten;

namespace MilleCafes.Shared;

/// <summary>What every document that a list shows needs of its table.</summary>
public static class ListedDocuments
{
    /// <summary>Numeric revisions, and an index for « what changed since ».</summary>
    public static DocumentMappingExpression<T> Listed<T>(this MartenRegistry documents)
        where T : Document, IVisible<T> => documents.For<T>().UseNumericRevisions(true)
            // The end is there for its statistics: PostgreSQL would take nearly everything for ended, and sort whole lists for a page
            .Index([document => document.UpdatedAt, document => document.DeletedAt]);
}
