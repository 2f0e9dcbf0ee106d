using MilleCafes.Shared.Communes;
using MilleCafes.Testing;
using static MilleCafes.Scenarios.Tests.Letters;

namespace MilleCafes.Scenarios.Tests.Complaints;

/// <summary>What those who know a commune by its old code complain of elsewhere, done better.</summary>
public sealed class CommuneComplaintTests(MilleCafesHost host)
{
    private static readonly (string Code, string Former)[] Merged =
        [.. CommuneRegistry.Official.Communes.Where(commune => commune is { Departement: "50", Eligible: true, FormerCodes.Count: > 0 }).Select(commune => (commune.InseeCode, commune.FormerCodes[^1]))];

    [Fact]
    public async Task The_code_of_a_merged_commune_answers_with_the_commune_that_took_it_over()
    {
        Assert.NotEmpty(Merged);
        foreach (var (code, former) in Merged.Take(5))
        {
            var found = await host.Anonymous.ReadAsync($"/v1/reference/communes/{former}");
            Assert.Equal((code, former), (found["inseeCode"].Text(), found["requestedCode"].Text()));
            Assert.NotEqual("current", found["requestedKind"].Text());
        }
    }

    [Fact]
    public async Task The_code_of_a_merged_commune_is_taken_in_a_candidature_and_in_the_filter_of_a_list()
    {
        var (code, former) = Merged[^1];

        var candidature = await host.Administrator.SubmittedAsync(Letter(former));

        Assert.Equal(code, (await host.Administrator.ReadAsync($"{Candidatures}/{candidature}"))["commune"]!["inseeCode"].Text());
        var listed = await host.Administrator.ReadAsync($"{Candidatures}?inseeCode={former}&status=submitted");
        Assert.Equal($"{candidature}", Assert.Single(listed["items"]!.AsArray())!["id"].Text());
    }
}
