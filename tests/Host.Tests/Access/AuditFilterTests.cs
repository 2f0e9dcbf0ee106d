using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Host.Access;
using MilleCafes.Host.Access.Audit;
using MilleCafes.Host.Tests.Platform;
using MilleCafes.Shared;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.Access;

/// <summary>A misspelt filter of the audit does not look as if nothing had happened.</summary>
public sealed class AuditFilterTests(MilleCafesHost host)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("operation=AcceptCommuneCandidatur", "/operation", "AcceptCommuneCandidature")]
    [InlineData("operation=acceptcommunecandidature", "/operation", "AcceptCommuneCandidature")]
    [InlineData("operation=Housekeeping", "/operation", "KeyHousekeeping")]
    [InlineData("operation=CandidatureAccepted&limit=1", "/operation", "CommuneCandidatureAccepted")]
    [InlineData("subjectType=Candidature", "/subjectType", "CommuneCandidature")]
    [InlineData("subjectType=communecandidature", "/subjectType", "CommuneCandidature")]
    public async Task A_misspelt_filter_is_refused_with_the_names_that_may_be_meant(string filter, string pointer, string meant)
    {
        using var answer = await host.Administrator.GetAsync($"/v1/access/audit?{filter}", Token);

        var fault = Assert.Single((await answer.ProblemAsync(HttpStatusCode.BadRequest, "request.malformed"))["errors"]!.AsArray())!;
        Assert.Equal((pointer, "unknown_value"), ((string?)fault["pointer"], (string?)fault["code"]));
        Assert.Contains($" {meant}", (string?)fault["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("operation=RevokeKey")]
    [InlineData("operation=ListAuditEntries")]
    [InlineData("operation=DisableUnlessRecovered")]
    [InlineData("operation=PersonalDataErased")]
    [InlineData("operation=FirstAdministratorKey")]
    [InlineData("subjectType=CafeProject")]
    [InlineData("subjectType=WebhookSubscription")]
    public async Task A_name_that_an_entry_can_have_is_taken_though_none_has_it(string filter) =>
        Assert.Empty(await EntriesAsync($"{filter}&until=2020-01-01T00:00:00Z"));

    [Fact]
    public async Task A_name_of_an_earlier_version_is_taken_as_long_as_an_entry_has_it()
    {
        var subject = Guid.CreateVersion7();
        await using (var session = host.Host.Services.GetRequiredService<IAccessStore>().LightweightSession())
        {
            session.Insert(AuditEntry.Of(new(Guid.CreateVersion7(), TimeProvider.System.GetUtcNow(), null, null, "OpenCafeOfOld", new('0', 32), AuditAct.Changed, "CafeOfOld", [subject], [])));
            await session.SaveChangesAsync(Token);
        }

        Assert.Single(await EntriesAsync($"operation=OpenCafeOfOld&subjectType=CafeOfOld&subject={subject}"));
    }

    [Fact]
    public async Task Every_name_that_an_entry_gets_is_known()
    {
        var names = host.Host.Services.GetRequiredService<AuditNames>();
        using var writer = await Writer.OfAsync(host);
        foreach (var operation in await Endpoints.ChangesAsync(host))
        {
            using var done = await operation.WriteAsync(writer, await operation.RightAsync(writer));
        }

        await using var session = host.Host.Services.GetRequiredService<IAccessStore>().QuerySession();
        var entries = await session.Query<AuditEntry>().Where(entry => entry.SubjectType != "CafeOfOld" && entry.Operation != "test").ToListAsync(Token);

        Assert.NotEmpty(entries);
        Assert.Empty(entries.Select(entry => entry.Operation).Distinct().Except(names.Operations()));
        Assert.Empty(entries.Select(entry => entry.SubjectType).Distinct().Except(names.SubjectTypes()));
    }

    private async Task<JsonArray> EntriesAsync(string filter) => (await host.Administrator.GetFromJsonAsync<JsonObject>($"/v1/access/audit?{filter}", Token))!["items"]!.AsArray();
}
