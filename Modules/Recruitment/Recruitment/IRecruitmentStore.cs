using Marten;

namespace MilleCafes.Recruitment;

/// <summary>Marks the document store of Recruitment (schema <c>recruitment</c>).</summary>
public interface IRecruitmentStore : IDocumentStore;
