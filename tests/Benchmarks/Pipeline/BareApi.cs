using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace MilleCafes.Benchmarks.Pipeline;

/// <summary>The least that does the three operations: no key, no limit, no audit, no problem; the stored JSON goes out as it is.</summary>
internal static class BareApi
{
    public const string Schema =
        """
        create schema bare;
        create table bare.items (id uuid primary key, data jsonb not null);
        create index on bare.items ((data ->> 'department'), id);
        create table bare.outbox (id uuid primary key, body bytea not null);
        """;

    public static async Task<WebApplication> StartAsync(NpgsqlDataSource database)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var application = builder.Build();
        application.Urls.Add("http://127.0.0.1:0");
        application.MapGet("/items/{id:guid}", async (Guid id, HttpContext http, CancellationToken token) =>
        {
            await using var command = database.CreateCommand("select data::text from bare.items where id = $1");
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
            await using var row = await command.ExecuteReaderAsync(token);
            if (!await row.ReadAsync(token))
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            await WriteAsync(http, row.GetFieldValue<byte[]>(0), token);
        });
        application.MapGet("/items", async (string department, Guid after, HttpContext http, CancellationToken token) =>
        {
            await using var command = database.CreateCommand("select data::text from bare.items where data ->> 'department' = $1 and id > $2 order by id limit 50");
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = department });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = after });
            await using var rows = await command.ExecuteReaderAsync(token);
            using var list = new MemoryStream();
            while (await rows.ReadAsync(token))
            {
                list.WriteByte((byte)(list.Length == 0 ? '[' : ','));
                list.Write(rows.GetFieldValue<byte[]>(0));
            }

            list.WriteByte((byte)']');
            await WriteAsync(http, list.GetBuffer().AsMemory(0, (int)list.Length), token);
        });
        application.MapPost("/items", async (HttpContext http, CancellationToken token) =>
        {
            var facts = await JsonSerializer.DeserializeAsync<ItemFacts>(http.Request.Body, JsonSerializerOptions.Web, token);
            if (facts?.IsValid() is not true)
            {
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
                return;
            }

            var (id, now) = (Guid.CreateVersion7(), TimeProvider.System.GetUtcNow());
            await using var batch = database.CreateBatch();
            var document = Document(ItemView.Of(Item.Create(id, facts, now)));
            batch.BatchCommands.Add(Insert("insert into bare.items (id, data) values ($1, $2)", id, document, NpgsqlDbType.Jsonb));
            batch.BatchCommands.Add(Insert(
                "insert into bare.outbox (id, body) values ($1, $2)", Guid.CreateVersion7(), JsonSerializer.SerializeToUtf8Bytes(new ItemCreated(id, facts.Name, facts.InseeCode, now)), NpgsqlDbType.Bytea));
            await batch.ExecuteNonQueryAsync(token);
            http.Response.StatusCode = StatusCodes.Status201Created;
            http.Response.Headers.Location = $"/items/{id}";
            await WriteAsync(http, document, token);
        });
        await application.StartAsync();
        return application;
    }

    /// <summary>The row of an item, as it goes out.</summary>
    public static byte[] Document(ItemView item) => JsonSerializer.SerializeToUtf8Bytes(item, JsonSerializerOptions.Web);

    private static NpgsqlBatchCommand Insert(string sql, Guid id, byte[] body, NpgsqlDbType type) => new(sql)
    {
        Parameters = { new NpgsqlParameter<Guid> { TypedValue = id }, new NpgsqlParameter<byte[]> { TypedValue = body, NpgsqlDbType = type } },
    };

    private static async Task WriteAsync(HttpContext http, ReadOnlyMemory<byte> json, CancellationToken token)
    {
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = json.Length;
        await http.Response.BodyWriter.WriteAsync(json, token);
    }
}
