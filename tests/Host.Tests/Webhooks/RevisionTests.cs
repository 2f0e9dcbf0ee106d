using MilleCafes.Testing;
using Npgsql;
using Xunit;

namespace MilleCafes.Host.Tests.Webhooks;

public sealed class RevisionTests(MilleCafesHost host)
{
    [Fact]
    public async Task Every_document_has_a_numeric_revision()
    {
        await using var database = NpgsqlDataSource.Create(host.Connection);
        await using var command = database.CreateCommand(
            "select table_schema || '.' || table_name, data_type from information_schema.columns where column_name = 'mt_version' order by 1");
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var types = new Dictionary<string, string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            types.Add(reader.GetString(0), reader.GetString(1));
        }

        Assert.Contains("webhooks.mt_doc_webhookevent", types.Keys);
        Assert.All(types, type => Assert.Equal("bigint", type.Value));
    }
}
