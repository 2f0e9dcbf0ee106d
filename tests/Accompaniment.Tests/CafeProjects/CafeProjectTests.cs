using System.Text.Json;
using System.Text.Json.Serialization;
using FsCheck;
using FsCheck.Fluent;
using MilleCafes.Accompaniment.CafeProjects;
using MilleCafes.Recruitment.Contracts;
using Xunit;

namespace MilleCafes.Accompaniment.Tests.CafeProjects;

public sealed class CafeProjectTests
{
    private static readonly DateTimeOffset Now = new(2023, 4, 15, 8, 0, 0, TimeSpan.Zero);

    private static readonly CommuneCandidatureAccepted Accepted = new(Guid.CreateVersion7(Now.AddDays(-12)), "12268", "Sénergues", "12", Now.AddSeconds(-1));

    [Fact]
    public void A_project_starts_with_its_definition_and_knows_its_commune_and_its_candidature()
    {
        var project = CafeProject.Open(Accepted, Now);

        Assert.Equal((ProjectPhase.Definition, 1L, Now), (project.Phase, project.Revision, project.OpenedAt));
        Assert.Equal((Accepted.CandidatureId, "12268", "Sénergues", "12"), (project.CandidatureId, project.InseeCode, project.CommuneName, project.Departement));
    }

    [Fact]
    public void A_café_that_is_there_already_starts_with_a_diagnosis_and_any_other_with_a_feasibility_study()
    {
        var accepted = new CafeCandidatureAccepted(Guid.CreateVersion7(Now), "73282932000074", "Café de la Place", "12268", "Sénergues", "12", Now);
        var project = CafeProject.Open(accepted, Now.AddDays(1));

        Assert.Equal((ProjectBeginning.Diagnosis, ProjectPhase.Definition, accepted.CandidatureId), (project.StartsWith, project.Phase, project.CandidatureId));
        Assert.Equal((CafeProject.IdFor(accepted), "diagnosis"), (project.Id, project.ToOpened().StartsWith));
        Assert.Equal((project.Id, "12268"), (CafeProject.Open(accepted with { }, Now.AddYears(1)).Id, project.InseeCode));
        Assert.Equal((ProjectBeginning.FeasibilityStudy, "feasibilityStudy"), (CafeProject.Open(Accepted, Now).StartsWith, CafeProject.Open(Accepted, Now).ToOpened().StartsWith));
    }

    [Fact]
    public void However_often_the_message_comes_and_whenever_it_leads_to_the_same_project()
    {
        var replayed = Accepted with { };

        Assert.Equal(CafeProject.Open(Accepted, Now).Id, CafeProject.Open(replayed, Now.AddYears(1)).Id);
        Assert.Equal(CafeProject.IdFor(Accepted), CafeProject.Open(Accepted, Now).Id);
    }

    [Fact]
    public void Two_candidatures_lead_to_two_projects() => Prop.ForAll(Gen.Choose(1, 1_000_000).ToArbitrary(), milliseconds =>
        CafeProject.IdFor(Accepted with { CandidatureId = Guid.CreateVersion7(Now.AddMilliseconds(milliseconds)) }) != CafeProject.IdFor(Accepted))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Projects_stay_in_the_order_in_which_their_candidatures_were_accepted() => Prop.ForAll(Gen.Choose(1, int.MaxValue).ToArbitrary(), milliseconds =>
        CafeProject.IdFor(Accepted with { AcceptedAt = Accepted.AcceptedAt.AddMilliseconds(milliseconds) }).CompareTo(CafeProject.IdFor(Accepted)) > 0)
        .QuickCheckThrowOnFailure();

    [Fact]
    public void The_message_tells_where_the_project_is_and_where_it_comes_from()
    {
        var project = CafeProject.Open(Accepted, Now);

        Assert.Equal(new(project.Id, Accepted.CandidatureId, "12268", "Sénergues", "12", Now), project.ToOpened());
    }

    [Fact]
    public void The_phases_are_those_of_the_activity_report_in_their_order() => Assert.Equal(
        [ProjectPhase.Definition, ProjectPhase.Recruitment, ProjectPhase.Opening, ProjectPhase.Operation, ProjectPhase.Transition], Enum.GetValues<ProjectPhase>());

    [Fact]
    public void A_project_survives_being_written_and_read_as_json()
    {
        // As the document store writes: camelCase, enums as strings
        var asStored = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Converters = { new JsonStringEnumConverter() } };
        var project = CafeProject.Open(Accepted, Now);

        var json = JsonSerializer.Serialize(project, asStored);

        Assert.Equal(project, JsonSerializer.Deserialize<CafeProject>(json, asStored));
        Assert.Contains("\"phase\":\"Definition\"", json, StringComparison.Ordinal);
        Assert.Contains("\"inseeCode\":\"12268\"", json, StringComparison.Ordinal);
    }
}
