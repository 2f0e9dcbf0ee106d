using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MilleCafes.Shared;
using MilleCafes.Testing;
using Npgsql;
using Xunit;

namespace MilleCafes.Host.Tests.Access;

public sealed class AuditErasureTests(MilleCafesHost host)
{
    private const string Marker = "marqueur.unique@example.org";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_audit_says_of_a_person_is_erased_with_them_and_the_rest_stays()
    {
        using var submitted = await host.Administrator.PostAsJsonAsync(
            "/v1/recruitment/commune-candidatures",
            new
            {
                inseeCode = host.NextInseeCode(), cafeSituation = "none", otherShops = 0, carriedByMayor = true, premises = new { available = true },
                residentsInvolved = true, contact = new { name = "Camille Exemple", email = Marker },
            },
            Token);
        var subject = (Guid)JsonNode.Parse(await submitted.Content.ReadAsStringAsync(Token))!["id"]!;
        Assert.NotEqual(0, await MentionsAsync());

        await host.TrackAsync(() => host.PublishAsync(new PersonalDataErased(subject, TimeProvider.System.GetUtcNow())));

        Assert.Equal(0, await MentionsAsync());
        var entries = JsonNode.Parse(await host.Administrator.GetStringAsync($"/v1/access/audit?subject={subject}&act=created", Token))!["items"]!.AsArray();
        var entry = Assert.Single(entries)!;
        Assert.NotNull(entry["erasedAt"]);
        Assert.Contains(entry["changes"]!.AsArray(), change => (string)change!["pointer"]! == "/communeName" && change["to"] is not null);
        Assert.Contains(entry["changes"]!.AsArray(), change => (bool)change!["personal"]! && change["to"] is null);
    }

    private async Task<long> MentionsAsync()
    {
        await using var database = NpgsqlDataSource.Create(host.Connection);
        await using var command = database.CreateCommand($"select count(*) from access.mt_doc_auditentry where data::text like '%{Marker}%'");
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }
}
