using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Shared.Communes;
using MilleCafes.Testing;
using Npgsql;
using static MilleCafes.Scenarios.Tests.Letters;

namespace MilleCafes.Scenarios.Tests.Recruitment;

/// <summary>Two communes that both applied have become one.</summary>
public sealed class CommuneMergeTests(MilleCafesHost host)
{
    private HttpClient Team => host.Administrator;

    [Fact]
    public async Task The_candidature_that_stays_may_be_the_one_that_came_as_a_duplicate()
    {
        var (commune, former) = Merged().First();
        var first = await Team.SubmittedAsync(Letter(commune));
        await AsBeforeTheMergerAsync(first, former);
        var second = await Team.SubmittedAsync(Letter(commune));
        var moved = await Team.DoneAsync(first, "eligibility-evaluation");
        Assert.Equal((commune, second), (moved["commune"]!["inseeCode"].Text(), moved["study"]!["duplicateOf"]!.GetValue<Guid>()));

        var merged = await Team.DoneAsync(second, "merger", new() { ["into"] = $"{first}", ["reason"] = "La première lettre est la plus complète." });

        Assert.Equal(("merged", first), (merged["status"].Text(), merged["study"]!["mergedInto"]!.GetValue<Guid>()));
        var kept = await Team.ReadAsync($"{Candidatures}/{first}");
        Assert.Equal(("submitted", null, "mergedFrom"), (kept["status"].Text(), kept["study"]!["duplicateOf"], kept["history"]!.AsArray()[^1]!["act"].Text()));
        using var again = await Team.SubmitAsync(Letter(commune));
        Assert.Equal("recruitment.candidature_already_open", (await again.ReadAsync(HttpStatusCode.Conflict))["code"].Text());
    }

    [Fact]
    public async Task A_commune_that_has_become_part_of_another_is_judged_again_before_it_is_taken_in()
    {
        var (commune, former) = Merged().Last();
        var id = await Team.SubmittedAsync(Letter(commune));
        await AsBeforeTheMergerAsync(id, former);

        using var refused = await Team.ActAsync(id, "acceptance");

        Assert.Equal("recruitment.candidature_commune_merged", (await refused.ReadAsync(HttpStatusCode.Conflict))["code"].Text());
        Assert.Equal(commune, (await Team.DoneAsync(id, "eligibility-evaluation"))["commune"]!["inseeCode"].Text());
        var session = await host.TrackAsync(() => Team.DoneAsync(id, "acceptance"));
        Assert.Equal(commune, session.Sent.MessagesOf<MilleCafes.Recruitment.Contracts.CommuneCandidatureAccepted>().First().InseeCode);
    }

    // No other test applies for communes of this département
    private IEnumerable<(string Commune, string Former)> Merged()
    {
        var registry = host.Host.Services.GetRequiredService<CommuneRegistry>();
        return registry.Communes.Where(commune => commune is { Departement: "14", Eligible: true })
            .SelectMany(commune => commune.FormerCodes, (commune, former) => (commune.InseeCode, former)).Where(pair => registry.Find(pair.former)?.Commune.InseeCode == pair.InseeCode && pair.former != pair.InseeCode);
    }

    // A letter of the time when the former code was in use: today nobody can send one
    private async Task AsBeforeTheMergerAsync(Guid id, string former)
    {
        await using var database = NpgsqlDataSource.Create(host.Connection);
        await using var command = database.CreateCommand("""
            update recruitment.mt_doc_communecandidature set data = data || jsonb_build_object('inseeCode', $2::text, 'openInseeCode', $2::text, 'sentAs', null) where id = $1
            """);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = former });
        Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }
}
