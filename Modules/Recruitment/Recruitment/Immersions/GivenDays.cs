using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Immersions;

/// <summary>Immersions cross antennes: the days of a host café go along with them, whoever may write to the café itself.</summary>
internal static class GivenDays
{
    public static Task GiveDaysAsync(this ModuleSession<IRecruitmentStore> session, HostCafe cafe, HostCafe next) => session.AlongAsync(documents =>
    {
        documents.Change(cafe, next);
        return Task.FromResult<IReadOnlyList<object>>([]);
    });
}
