using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MilleCafes.Testing;
using Npgsql;
using static MilleCafes.Scenarios.Tests.Selection.Candidates;

namespace MilleCafes.Scenarios.Tests.Selection;

/// <summary>What becomes of an offer, from the candidate that it is reserved for to the gérant in post, and back.</summary>
public sealed class PostTests(MilleCafesHost host)
{
    private HttpClient Team => host.Administrator;

    [Theory]
    [InlineData("erasure")]
    [InlineData("merge")]
    public async Task An_offer_is_free_again_when_the_candidature_that_it_was_reserved_for_ends(string how)
    {
        var offer = await Team.OfferAsync(host.NextInseeCode());
        var (retained, other) = (await Team.RetainedAsync(offer), await Team.AgreedAsync(offer));

        await EndAsync(retained, how);

        await Team.DoneAsync($"{Gerants}/{other}/selection");
    }

    [Fact]
    public async Task An_offer_that_an_ended_candidature_still_held_by_an_earlier_version_is_freed_at_the_next_start()
    {
        var offer = await Team.OfferAsync(host.NextInseeCode());
        var (retained, other) = (await Team.RetainedAsync(offer), await Team.AgreedAsync(offer));
        await EndAsync(retained, "erasure");
        await using var database = NpgsqlDataSource.Create(host.Connection);
        await using var held = database.CreateCommand($"update recruitment.mt_doc_gerantcandidature set data = data || jsonb_build_object('heldOfferId', '{offer}') where id = '{retained}'");
        await held.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await Team.RefusedAsync($"{Gerants}/{other}/selection", null, HttpStatusCode.Conflict, "recruitment.offer_already_taken");

        var start = host.Host.Services.GetServices<IHostedService>().Single(service => service.GetType().Name == "DeriveAtStart");
        await (Task)start.GetType().GetMethod("RunAsync", BindingFlags.Public | BindingFlags.Instance)!.Invoke(start, [TestContext.Current.CancellationToken])!;

        await Team.DoneAsync($"{Gerants}/{other}/selection");
    }

    private async Task EndAsync(Guid candidate, string how) => await host.TrackAsync(async () =>
    {
        object body = how == "merge" ? new { into = await Team.RetainedAsync(await Team.OfferAsync(host.NextInseeCode())), reason = "Même personne" } : new { howAsked = "Par courriel" };
        using var ended = await Team.SendAsync($"{Gerants}/{candidate}/{how}", body);
        Assert.True(ended.IsSuccessStatusCode, await ended.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    });
}
