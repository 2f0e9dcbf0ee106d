using System.Net.Http.Json;
using MilleCafes.Shared;
using MilleCafes.Testing;
using Npgsql;
using static MilleCafes.Scenarios.Tests.Selection.Candidates;

namespace MilleCafes.Scenarios.Tests.Access;

/// <summary>What the other modules hear of clients, however late, often or disordered it comes.</summary>
public sealed class ClientNewsTests(MilleCafesHost host)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_is_told_of_when_it_is_added_changed_disabled_and_enabled()
    {
        var id = Guid.Empty;
        var added = await host.TrackAsync(async () => id = await host.Administrator.CreatedAsync("/v1/access/clients", Facts("partner")));
        var changed = await host.TrackAsync(async () => (await host.Administrator.PutAsJsonAsync($"/v1/access/clients/{id}", Facts("staff"), Token)).EnsureSuccessStatusCode());
        var disabled = await host.TrackAsync(() => host.Administrator.DoneAsync($"/v1/access/clients/{id}/disablement"));
        var enabled = await host.TrackAsync(() => host.Administrator.DoneAsync($"/v1/access/clients/{id}/enablement"));

        Assert.Equal(
            [new(id, HolderKind.Partner, true, 1, "Client"), new(id, HolderKind.Staff, true, 2), new(id, HolderKind.Staff, false, 3), new(id, HolderKind.Staff, true, 4)],
            new[] { added, changed, disabled, enabled }.Select(one => Assert.Single(one.Sent.MessagesOf<ClientChanged>().Where(message => message.ClientId == id).Distinct())));
    }

    [Fact]
    public async Task Whom_a_partner_hands_on_is_mailed_which_one_did()
    {
        var client = (Id: Guid.Empty, Key: "");
        await host.TrackAsync(async () => client = await host.AddClientAsync(new { name = "Emplois ruraux", kind = "partner", scopes = new[] { "recruitment:read", "recruitment:write" } }));
        using var partner = host.With(client.Key);
        var email = RightGerants.NextEmail();

        await host.TrackAsync(() => partner.SendAsync(Gerants, RightGerants.Letter(email)));

        Assert.Contains("« Emplois ruraux » nous a transmis votre candidature", Assert.Single(host.Mails.To(email)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_earlier_message_that_comes_later_or_one_that_comes_again_changes_nothing()
    {
        var id = Guid.CreateVersion7();
        foreach (var message in new ClientChanged[] { new(id, HolderKind.Staff, false, 3), new(id, HolderKind.Staff, true, 2), new(id, HolderKind.Staff, false, 3), new(id, HolderKind.Partner, true, 1) })
        {
            await host.TrackAsync(() => host.PublishAsync(message));
        }

        Assert.Equal("2 Staff false 3", await KnownAsync(host.Connection, id));
    }

    [Fact]
    public async Task Messages_of_one_client_that_come_at_once_leave_what_the_last_one_says()
    {
        var id = Guid.CreateVersion7();
        await host.TrackAsync(() => Task.WhenAll(Enumerable.Range(1, 8).Select(revision => host.PublishAsync(new ClientChanged(id, HolderKind.Staff, revision == 8, revision)))));
        Assert.EndsWith("Staff true 8", await KnownAsync(host.Connection, id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clients_of_a_former_release_are_told_of_once_though_two_nodes_start_at_once_and_another_later()
    {
        var connection = await host.CreateDatabaseAsync();
        Guid partner, disabled;
        await using (var first = await StartAsync(connection))
        {
            using var team = first.CreateClient(administrator: true);
            partner = await team.CreatedAsync("/v1/access/clients", Facts("partner"));
            disabled = await team.CreatedAsync("/v1/access/clients", Facts("staff"));
            await team.DoneAsync($"/v1/access/clients/{disabled}/disablement");
            await KnownClients.KnownAsync(connection, disabled);
        }

        // As it was before anybody told of clients
        await using var database = NpgsqlDataSource.Create(connection);
        await RunAsync(database, "drop table recruitment.mt_doc_knownclient");
        await RunAsync(database, "update access.mt_doc_client set data = data - 'toldVersion'");
        await RunAsync(database, "drop index access.mt_doc_client_idx_told_version");
        var before = await RevisionsAsync(database);

        var nodes = await Task.WhenAll(StartAsync(connection), StartAsync(connection));
        await using (nodes[0])
        await using (nodes[1])
        {
            foreach (var client in new[] { KnownClients.Administrator, partner, disabled })
            {
                await KnownClients.KnownAsync(connection, client);
            }
        }

        Assert.EndsWith("Partner true 2", await KnownAsync(connection, partner), StringComparison.Ordinal);
        Assert.EndsWith("Staff false 3", await KnownAsync(connection, disabled), StringComparison.Ordinal);
        var after = await RevisionsAsync(database);
        Assert.Equal(before.Select(client => client.Value + 1), after.Select(client => client.Value));

        await using (await StartAsync(connection))
        {
            Assert.Equal(after, await RevisionsAsync(database));
        }
    }

    private static object Facts(string kind) => new { name = "Client", kind, scopes = new[] { "recruitment:read" } };

    private static async Task<SortedDictionary<Guid, long>> RevisionsAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("select id, mt_version::bigint from access.mt_doc_client");
        await using var reader = await command.ExecuteReaderAsync(Token);
        var revisions = new SortedDictionary<Guid, long>();
        while (await reader.ReadAsync(Token))
        {
            revisions.Add(reader.GetGuid(0), reader.GetInt64(1));
        }

        return revisions;
    }

    private static async Task<string?> KnownAsync(string connection, Guid client)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        await using var known = database.CreateCommand("select concat_ws(' ', mt_version, data->>'kind', data->>'enabled', data->>'clientRevision') from recruitment.mt_doc_knownclient where id = $1");
        known.Parameters.Add(new() { Value = client });
        return await known.ExecuteScalarAsync(Token) as string;
    }

    private static async Task RunAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }

    private Task<AnotherHost> StartAsync(string connection) => host.StartApartAsync(connection, _ => { });
}
