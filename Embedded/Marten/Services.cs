using System.Data;

namespace Marten
{
    /// <summary>How a session keeps the documents it has read; only <see cref="None"/> is kept here.</summary>
    public enum DocumentTracking
    {
        None,
        IdentityOnly,
        DirtyTracking,
        QueryOnly,
    }
}

namespace Marten.Services
{
    /// <summary>How a session is to be opened.</summary>
    public class SessionOptions
    {
        public IsolationLevel IsolationLevel { get; set; } = IsolationLevel.ReadCommitted;

        /// <summary>Seconds a command may take; the store's own when null.</summary>
        public int? Timeout { get; set; }
    }
}

namespace Marten.Schema
{
    /// <summary>Data that a store must hold before it is used.</summary>
    public interface IInitialData
    {
        Task Populate(IDocumentStore store, CancellationToken cancellation);
    }

    /// <summary>Empties tables, for tests.</summary>
    public interface IDocumentCleaner
    {
        Task DeleteAllDocumentsAsync(CancellationToken ct = default);

        Task DeleteDocumentsByTypeAsync(Type documentType, CancellationToken ct = default);
    }
}
