using JasperFx;
using Marten;
using Npgsql;
using Xunit;

namespace MilleCafes.Stack.Conformance.Tests.Documents;

/// <summary>Tables as the published package creates them (revisions of 32 bits up to version 8, of 64 bits since 9), with rows in its JSON.</summary>
public sealed class MartenTablesTests(ThrowawayServer server) : IAsyncLifetime
{
    private const string PlainVersion = "uuid not null default (md5(random()::text || clock_timestamp()::text)::uuid)";

    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private readonly string _schema = Stores.NewSchema();
    private readonly (Guid First, Guid Second) _ids = (Guid.CreateVersion7(), Guid.CreateVersion7());
    private NpgsqlDataSource _source = null!;

    public ValueTask InitializeAsync()
    {
        _source = NpgsqlDataSource.Create(server.ConnectionString);
        return default;
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    [Theory]
    [InlineData("integer not null default 0")]
    [InlineData("bigint not null default 0")]
    [InlineData(PlainVersion)]
    public async Task What_Marten_has_written_is_read_queried_and_changed(string version)
    {
        var revised = version != PlainVersion;
        await CreateAsync(version);
        await using var services = Open(revised);
        await services.Store().Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await using var session = services.Store().LightweightSession();

        var first = await session.LoadAsync<Cafe>(_ids.First, Token);
        Assert.Equivalent(new Cafe(_ids.First, "L'Épicerie", new Adresse("Bouloges", 3), 4)
        {
            Ouverture = Ouverture.Ouvert,
            Services = ["presse"],
            OuvertLe = new DateTimeOffset(2023, 4, 1, 8, 30, 0, TimeSpan.FromHours(2)),
            Places = 7,
        }, first, strict: true);
        Assert.Equal(_ids.First, (await session.Query<Cafe>().SingleAsync(cafe => cafe.Ouverture == Ouverture.Ouvert && cafe.Places > 6, Token)).Id);
        Assert.Equal(_ids.First, (await session.Query<Cafe>().SingleAsync(cafe => cafe.Services.Contains("presse"), Token)).Id);
        Assert.Equal(_ids.Second, (await session.Query<Cafe>().SingleAsync(cafe => cafe.Adresse == null, Token)).Id);
        Assert.Equal(2, (await session.LoadManyAsync<Cafe>(Token, _ids.First, _ids.Second)).Count);

        session.Insert(first! with { Nom = "autre" });
        await Assert.ThrowsAsync<DocumentAlreadyExistsException>(() => session.SaveChangesAsync(Token));
        session.EjectAllPendingChanges();
        if (revised)
        {
            session.UpdateRevision(first, 4);
            await Assert.ThrowsAsync<ConcurrencyException>(() => session.SaveChangesAsync(Token));
            session.EjectAllPendingChanges();
            session.UpdateRevision(first with { Nom = "changée", Revision = 5 }, 5);
        }
        else
        {
            session.Update(first with { Nom = "changée", Revision = 5 });
        }

        session.Delete<Cafe>(_ids.Second);
        await session.SaveChangesAsync(Token);
        await services.Store().BulkInsertAsync([new Cafe(Guid.CreateVersion7(), "copiée")], cancellation: Token);
        Assert.Equal(["changée", "copiée"], await session.Query<Cafe>().OrderBy(cafe => cafe.Nom).Select(cafe => cafe.Nom).ToListAsync(Token));
    }

    /// <summary>Marten reads mt_version as int or long, the rest as text and time; none may be null.</summary>
    [Theory]
    [InlineData("integer not null default 0")]
    [InlineData("bigint not null default 0")]
    [InlineData(PlainVersion)]
    [InlineData(null)]
    public async Task What_is_written_here_fills_every_column_that_Marten_reads(string? version)
    {
        var revised = version != PlainVersion;
        if (version is not null)
        {
            await CreateAsync(version);
        }

        await using var services = Open(revised);
        var store = services.Store();
        var cafe = new Cafe(Guid.CreateVersion7(), "écrite") { OuvertLe = DateTimeOffset.UnixEpoch, Ouverture = Ouverture.Travaux };
        var copied = new Cafe(Guid.CreateVersion7(), "copiée");
        await SaveAsync(store, session => session.Insert(cafe));
        await store.BulkInsertAsync([copied], cancellation: Token);
        var (inserted, bulk) = (await RowAsync(cafe.Id), await RowAsync(copied.Id));
        await SaveAsync(store, session => session.Store(cafe with { Nom = "deux" }));
        var stored = await RowAsync(cafe.Id);
        await SaveAsync(store, session => session.Update(cafe with { Nom = "trois" }));
        var updated = await RowAsync(cafe.Id);

        Assert.All([inserted, bulk, stored, updated], row =>
            Assert.Equal((typeof(Cafe).FullName, "Utc"), (row.DotNetType, row.LastModified.Kind.ToString())));
        Assert.True(inserted.LastModified < stored.LastModified && stored.LastModified < updated.LastModified);
        Assert.Contains("\"ouverture\": \"Travaux\"", inserted.Data, StringComparison.Ordinal);
        Assert.Contains("\"ouvertLe\": \"1970-01-01T00:00:00+00:00\"", inserted.Data, StringComparison.Ordinal);
        if (revised)
        {
            Assert.Equal(["1", "1", "2", "3"], [inserted.Version, bulk.Version, stored.Version, updated.Version]);
        }
        else
        {
            Assert.Equal(4, new[] { inserted.Version, bulk.Version, stored.Version, updated.Version }.Distinct().Count());
        }
    }

    private Microsoft.Extensions.DependencyInjection.ServiceProvider Open(bool revised) => Stores.Open(server, options =>
        options.Schema.For<Cafe>().UseNumericRevisions(revised).Index(cafe => cafe.Places).UniqueIndex(cafe => cafe.Nom), _schema);

    private async Task CreateAsync(string version)
    {
        await ExecuteAsync($"""
            create schema {_schema};
            create function {_schema}.mt_immutable_timestamptz(value text) returns timestamptz language sql immutable as 'select value::timestamptz';
            create table {_schema}.mt_doc_cafe (
                id uuid not null,
                data jsonb not null,
                mt_last_modified timestamp with time zone null default (transaction_timestamp()),
                mt_dotnet_type varchar null,
                mt_version {version},
                constraint pkey_mt_doc_cafe_id primary key (id));
            create index mt_doc_cafe_idx_places on {_schema}.mt_doc_cafe using btree ((cast(data ->> 'places' as integer)));
            create unique index mt_doc_cafe_uidx_nom on {_schema}.mt_doc_cafe using btree ((data ->> 'nom'));
            """);
        var current = version == PlainVersion ? "default" : "4";
        await ExecuteAsync($$"""
            insert into {{_schema}}.mt_doc_cafe (id, data, mt_dotnet_type, mt_version, mt_last_modified) values
                ('{{_ids.First}}', '{"id": "{{_ids.First}}", "nom": "L''Épicerie", "adresse": {"commune": "Bouloges", "numero": 3}, "revision": 4,
                    "ouverture": "Ouvert", "services": ["presse"], "ouvertLe": "2023-04-01T08:30:00+02:00", "places": 7}',
                    '{{typeof(Cafe).FullName}}', {{current}}, transaction_timestamp()),
                ('{{_ids.Second}}', '{"id": "{{_ids.Second}}", "nom": "Vide", "adresse": null, "revision": 1,
                    "ouverture": "Projet", "services": [], "ouvertLe": null, "places": 0}',
                    '{{typeof(Cafe).FullName}}', {{current}}, transaction_timestamp())
            """);
    }

    private async Task<Row> RowAsync(Guid id)
    {
        await using var command = _source.CreateCommand(
            $"select mt_version::text, mt_dotnet_type, mt_last_modified, data::text from {_schema}.mt_doc_cafe where id = '{id}'");
        await using var reader = await command.ExecuteReaderAsync(Token);
        Assert.True(await reader.ReadAsync(Token));
        return new Row(reader.GetString(0), reader.GetString(1), reader.GetDateTime(2), reader.GetString(3));
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }

    private static async Task SaveAsync(IDocumentStore store, Action<IDocumentSession> change)
    {
        await using var session = store.LightweightSession();
        change(session);
        await session.SaveChangesAsync(Token);
    }

    private sealed record Row(string Version, string DotNetType, DateTime LastModified, string Data);
}
