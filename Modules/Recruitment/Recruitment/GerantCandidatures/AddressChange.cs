using Marten;
using MilleCafes.Recruitment.Immersions;
using MilleCafes.Recruitment.Interviews;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>A candidate is mailed at another address from now on: whoever reads the former one may be somebody else.</summary>
internal static class AddressChange
{
    /// <summary>Ends the links that were sent to the former address, and tells anew at the present one what is still to come.</summary>
    /// <param name="subjects">The candidatures whose links were sent there: a link to what became part of another opens that one.</param>
    /// <returns>What is to be mailed.</returns>
    public static async Task<IReadOnlyList<object>> MailAnewAsync(this IDocumentSession documents, GerantCandidature next, IEnumerable<Guid> subjects, CancellationToken token)
    {
        var id = next.Id;
        foreach (var subject in subjects)
        {
            documents.DeleteWhere<CandidateLink>(link => link.CandidatureId == subject);
        }

        var interviews = await documents.Query<Interview>().OfCandidature(id).Where(one => one.Status == InterviewStatus.Proposed || one.Status == InterviewStatus.Agreed).ToListAsync(token);
        var immersions = await documents.Query<Immersion>().Where(one => one.OpenCandidatureId == id).Select(one => one.Id).ToListAsync(token);
        return
        [
            .. interviews.Select(one => one.Status == InterviewStatus.Proposed ? (object)new InterviewProposed(one.Id) : new InterviewAgreed(one.Id)),
            .. immersions.Select(immersion => new ImmersionToTellAnew(immersion)),
        ];
    }
}
