using Marten;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.Immersions;
using MilleCafes.Recruitment.Interviews;
using MilleCafes.Recruitment.Presentations;
using MilleCafes.Recruitment.Scorecards;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment;

/// <summary>The documents between a candidature that is studied and a gérant who is retained, with what they are looked up by.</summary>
internal static class SelectionDocuments
{
    public static void Declare(MartenRegistry documents)
    {
        documents.Listed<Scorecard>()
            .UniqueIndex(card => card.OwnCandidatureId!)
            .Index([card => card.CandidatureId, card => card.Id])
            .GinIndexJsonData();
        documents.Listed<Interview>()
            .Index([interview => interview.CandidatureId, interview => interview.Id])
            .Index([interview => interview.InterviewerId, interview => interview.Id])
            .Index([interview => interview.Status, interview => interview.Id]);
        documents.For<InterviewerAgenda>().UseNumericRevisions(true);
        documents.Listed<HostCafe>()
            .Index([cafe => cafe.Departement, cafe => cafe.Id])
            .Index([cafe => cafe.ClientId!, cafe => cafe.Id]);
        documents.Listed<Immersion>()
            .UniqueIndex(immersion => immersion.OpenCandidatureId!)
            .Index([immersion => immersion.CandidatureId, immersion => immersion.Id])
            .Index([immersion => immersion.HostCafeId, immersion => immersion.Id])
            .Index([immersion => immersion.HostClientId!, immersion => immersion.Id])
            .Index([immersion => immersion.Status, immersion => immersion.Id]);
        documents.Listed<Presentation>()
            .UniqueIndex(presentation => presentation.PresentCandidatureId!)
            .Index([presentation => presentation.CandidatureId, presentation => presentation.Id])
            .Index([presentation => presentation.OfferId, presentation => presentation.Id])
            .Index([presentation => presentation.InseeCode, presentation => presentation.Id])
            .Index([presentation => presentation.ShownIn!, presentation => presentation.Id])
            .Index([presentation => presentation.Answer!, presentation => presentation.Id]);
        documents.For<GerantCandidature>()
            .UniqueIndex(candidature => candidature.HeldOfferId!)
            .Index([candidature => candidature.Free!, candidature => candidature.Id])
            .Index([candidature => candidature.FreeInseeCode!, candidature => candidature.Id])
            .Index([candidature => candidature.FreeDepartement!, candidature => candidature.Id]);
    }
}
