using MilleCafes.Accompaniment.CafeProjects;
using Xunit;

namespace MilleCafes.Accompaniment.Tests.CafeProjects;

public sealed class FindCafeProjectTests
{
    [Fact]
    public void A_reader_is_shown_the_phase_the_commune_and_the_candidature()
    {
        var opened = new DateTimeOffset(2023, 4, 15, 8, 0, 0, TimeSpan.Zero);
        var project = CafeProject.Open(new(Guid.CreateVersion7(opened), "12268", "Sénergues", "12", opened), opened);

        Assert.Equal(
            new(project.Id, 1, ProjectPhase.Definition, ProjectBeginning.FeasibilityStudy, new("12268", "Sénergues", "12"), project.CandidatureId, opened),
            CafeProjectView.Of(project));
    }
}
