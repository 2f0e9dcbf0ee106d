using Marten;

namespace MilleCafes.Shared;

/// <summary>What every document that a list shows needs of its table.</summary>
public static class ListedDocuments
{
    /// <summary>Numeric revisions, and an index for « what changed since ».</summary>
    public static DocumentMappingExpression<T> Listed<T>(this MartenRegistry documents)
        where T : Document, IVisible<T> => documents.For<T>().UseNumericRevisions(true)
            // And none of the end: PostgreSQL, which knows nothing of it, takes nearly everything for ended, and looks up even what is rare by the filter's own index
            .Index(document => document.UpdatedAt);
}
