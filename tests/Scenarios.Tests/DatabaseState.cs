using Npgsql;

namespace MilleCafes.Scenarios.Tests;

/// <summary>What the database holds: the content of every table of documents, and the envelopes of messages.</summary>
/// <param name="Documents">For each table, the hash of all its rows.</param>
/// <param name="Envelopes">Ids of messages to be handled, and given up.</param>
internal sealed record DatabaseState(IReadOnlyDictionary<string, string> Documents, IReadOnlySet<Guid> Envelopes)
{
    private const string Tables =
        "select format('%I.%I', schemaname, tablename) from pg_tables where tablename like 'mt\\_doc\\_%' and schemaname <> 'access' order by 1";

    private const string Messages = "select id from wolverine.wolverine_incoming_envelopes union select id from wolverine.wolverine_dead_letters";

    public static async Task<DatabaseState> ReadAsync(string connection)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        var documents = new Dictionary<string, string>();
        foreach (var table in await database.ListAsync<string>(Tables))
        {
            documents[table] = await database.ValueAsync<string>($"select md5(coalesce(string_agg(row::text, '' order by row::text), '')) from {table} row");
        }

        Assert.NotEmpty(documents);
        return new(documents, (await database.ListAsync<Guid>(Messages)).ToHashSet());
    }

    /// <summary>Whether nothing was stored, changed or published since the other.</summary>
    public bool IsAs(DatabaseState before) => Documents.Count == before.Documents.Count && !Documents.Except(before.Documents).Any() && Envelopes.IsSubsetOf(before.Envelopes);
}

internal static class DatabaseExtensions
{
    public static async Task<T> ValueAsync<T>(this NpgsqlDataSource database, string query)
    {
        await using var command = database.CreateCommand(query);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public static async Task<IReadOnlyList<T>> ListAsync<T>(this NpgsqlDataSource database, string query)
    {
        await using var command = database.CreateCommand(query);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetFieldValue<T>(0));
        }

        return rows;
    }
}
