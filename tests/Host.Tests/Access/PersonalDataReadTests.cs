using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Host.Access.Audit;
using MilleCafes.Host.Tests.Platform;
using MilleCafes.Host.Tests.Webhooks;
using MilleCafes.Shared;
using MilleCafes.Testing;
using Npgsql;
using Xunit;

namespace MilleCafes.Host.Tests.Access;

/// <summary>Nobody reads of a person before it is written down.</summary>
public sealed class PersonalDataReadTests(MilleCafesHost host)
{
    private const string Candidatures = "/v1/recruitment/commune-candidatures";

    private static readonly string[] Reading = ["recruitment:read", "personal-data:read"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reader_that_hangs_up_has_read()
    {
        var candidature = await Partner.SubmitAsync(host.Administrator, host.NextInseeCode());
        var (client, key) = await host.AddClientAsync(new { name = "Équipe", kind = "staff", scopes = Reading });
        using (var connection = new TcpClient { LingerState = new(true, 0) })
        {
            await connection.ConnectAsync(host.Anonymous.BaseAddress!.Host, host.Anonymous.BaseAddress.Port, Token);
            var request = $"GET {Candidatures}/{candidature} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\n\r\n";
            await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), Token);
            Assert.Equal(1, await connection.GetStream().ReadAsync(new byte[1], Token));
            Assert.Equal(["CommuneCandidature"], await NotedAsync(host.Connection, client));
        }
    }

    [Fact]
    public async Task What_shows_nothing_leaves_no_entry()
    {
        var address = $"{Candidatures}/{await Partner.SubmitAsync(host.Administrator, host.NextInseeCode())}";
        var (client, key) = await host.AddClientAsync(new { name = "Équipe", kind = "staff", scopes = Reading });
        using var http = host.With(key);
        using var head = await http.AskAsync(HttpMethod.Head, address);
        using var unchanged = await http.AskAsync(HttpMethod.Get, address, ("If-None-Match", "*"));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotModified), (head.StatusCode, unchanged.StatusCode));
        Assert.Empty(await NotedAsync(host.Connection, client));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => http.GetStringAsync(address, Token)));
        Assert.Equal(20, (await NotedAsync(host.Connection, client)).Count);
    }

    [Fact]
    public async Task What_cannot_be_written_down_is_not_read()
    {
        OwnHost? own = null;
        own = await OwnHost.StartAsync(host, endpoints => endpoints.MapGet("/planted", async () =>
        {
            await CloseAsync(own!.Connection, closed: true);
            return Results.Ok(new PlantedMeetingView(Guid.CreateVersion7(), [new("Camille")]));
        }).RequireAuthorization());
        await using var started = own;
        using var answer = await own.Administrator.AskAsync(HttpMethod.Get, "/planted");
        await CloseAsync(own.Connection, closed: false);

        Assert.DoesNotContain("Camille", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        await answer.ProblemAsync(HttpStatusCode.ServiceUnavailable, "internal.database_unavailable");
    }

    [Fact]
    public async Task Each_thing_that_speaks_of_persons_is_noted_by_its_type()
    {
        await using var own = await OwnHost.StartAsync(host, endpoints => endpoints.MapPost("/planted", () =>
            new object[] { new PlantedMeetingView(Guid.CreateVersion7(), [new("Camille"), new("Claude")]), new PlantedPersonView(Guid.CreateVersion7(), "Dominique") }).RequireAuthorization());
        using var answer = await own.Administrator.AskAsync(HttpMethod.Post, "/planted");

        Assert.Contains("Claude", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(["PlantedMeeting", "PlantedPerson"], await NotedAsync(own.Connection, null));
    }

    [Fact]
    public async Task A_person_that_is_part_of_nothing_stops_the_start()
    {
        await StartAsync(typeof(PlantedMeetingView));
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(typeof(Page<PlantedAttendeeView>)));
        Assert.Contains("PlantedAttendeeView.name", fault.Message, StringComparison.Ordinal);

        static Task StartAsync(Type answer) => new PersonalDataPlaces(new ServiceCollection().AddSingleton<EndpointDataSource>(new DefaultEndpointDataSource(
            new Endpoint(null, new(new Microsoft.AspNetCore.Http.ProducesResponseTypeMetadata(200, answer, ["application/json"])), "planted"))).BuildServiceProvider()).StartedAsync(Token);
    }

    private static async Task<List<string>> NotedAsync(string connection, Guid? client)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        await using var command = database.CreateCommand(
            $"select data ->> 'subjectType' from access.mt_doc_auditentry where data ->> 'act' = 'PersonalDataRead' and data ->> 'clientId' = coalesce('{client}', data ->> 'clientId') order by 1".Replace("coalesce('', ", "coalesce(null, ", StringComparison.Ordinal));
        await using var reader = await command.ExecuteReaderAsync(Token);
        var types = new List<string>();
        while (await reader.ReadAsync(Token))
        {
            types.Add(reader.GetString(0));
        }

        return types;
    }

    /// <summary>Cuts every connection to the database and lets no new one in, or opens it again.</summary>
    private static async Task CloseAsync(string connection, bool closed)
    {
        var name = new NpgsqlConnectionStringBuilder(connection).Database;
        await using var server = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { Database = "postgres", Pooling = false }.ConnectionString);
        await using var command = server.CreateCommand($"alter database \"{name}\" with allow_connections {!closed}");
        await command.ExecuteNonQueryAsync(Token);
        await using var cut = server.CreateCommand($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
        await cut.ExecuteNonQueryAsync(Token);
    }

    private sealed record PlantedAttendeeView([property: PersonalData] string Name);

    private sealed record PlantedMeetingView(Guid Id, IReadOnlyList<PlantedAttendeeView> Attendees);

    private sealed record PlantedPersonView(Guid Id, [property: PersonalData] string Name);
}
