using System.Text;
using Npgsql;

namespace MilleCafes.Scenarios.Tests.PersonalData;

/// <summary>Looks for a text in every row of every table, whatever schema it is in; in bytes too.</summary>
internal static class DatabaseSearch
{
    private const string Tables =
        "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in ('pg_catalog', 'information_schema') order by 1";

    /// <summary>The tables that have it, and in how many rows.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> FindAsync(string connection, string text)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        var (found, bytes) = (new SortedDictionary<string, long>(StringComparer.Ordinal), Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text)));
        var tables = await database.ListAsync<string>(Tables);
        Assert.Contains("wolverine.wolverine_dead_letters", tables);
        foreach (var table in tables)
        {
            var rows = await database.ValueAsync<long>($"select count(*) from {table} as one where one::text ilike '%{text}%' or one::text like '%{bytes}%'");
            if (rows > 0)
            {
                found[table] = rows;
            }
        }

        return found;
    }

    /// <summary>What is there of it, in a few words.</summary>
    public static async Task<string> TellAsync(string connection, string text)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        var told = new StringBuilder();
        foreach (var table in (await FindAsync(connection, text)).Keys)
        {
            var rows = await database.ListAsync<string>($"select regexp_replace(one::text, '^.*?(.{{0,200}}{text}.{{0,40}}).*$', '\\1') from {table} as one where one::text ilike '%{text}%' limit 3");
            told.Append(table).Append(": ").AppendJoin("\n    ", rows).Append('\n');
        }

        return told.ToString();
    }
}
