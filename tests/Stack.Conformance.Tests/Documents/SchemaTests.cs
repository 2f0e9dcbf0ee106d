using JasperFx;
using Marten;
using Marten.Exceptions;
using Marten.Schema;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Weasel.Core;
using Xunit;

namespace MilleCafes.Stack.Conformance.Tests.Documents;

public sealed class SchemaTests(ThrowawayServer server)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private readonly string _schema = Stores.NewSchema();

    [Fact]
    public async Task Two_hosts_starting_at_once_share_one_schema()
    {
        var hosts = Enumerable.Range(0, 4).Select(_ => Start()).ToArray();
        await Task.WhenAll(hosts.Select(host => host.StartAsync(Token)));
        foreach (var host in hosts)
        {
            await host.StopAsync(Token);
            host.Dispose();
        }

        Assert.Equal(["data", "id", "mt_dotnet_type", "mt_last_modified", "mt_version", "places"], await ColumnsAsync());

        IHost Start()
        {
            var builder = Host.CreateEmptyApplicationBuilder(null);
            builder.Services.AddMartenStore<ITestStore>(options =>
            {
                Stores.Configure(options, server, _schema);
                options.Schema.For<Cafe>().UseNumericRevisions(true).Index(cafe => cafe.Nom).Duplicate(cafe => cafe.Places).UniqueIndex(cafe => cafe.OuvertLe);
            }).ApplyAllDatabaseChangesOnStartup();
            return builder.Build();
        }
    }

    [Fact]
    public async Task The_schema_is_there_before_other_services_start_and_data_is_in_it()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddHostedService<CountingService>();
        builder.Services.AddMartenStore<ITestStore>(options =>
        {
            Stores.Configure(options, server, _schema);
            options.RegisterDocumentType<Cafe>();
        }).ApplyAllDatabaseChangesOnStartup().InitializeWith(new OneCafe());
        using var host = builder.Build();
        await host.StartAsync(Token);
        Assert.Equal(1, CountingService.Seen);
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task A_schema_is_extended_and_keeps_its_rows()
    {
        var cafe = new Cafe(Guid.CreateVersion7(), "Ancien") { Places = 7 };
        await using (var services = Stores.Open(server, schema: _schema))
        {
            await SaveAsync(services.Store(), session => session.Store(cafe));
        }

        await using var extended = Stores.Open(server, options => options.Schema.For<Cafe>().Duplicate(known => known.Places).Index(known => known.Nom), _schema);
        await extended.Store().Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await extended.Store().Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await using var session = extended.Store().QuerySession();
        Assert.Equal("Ancien", (await session.Query<Cafe>().SingleAsync(known => known.Places == 7, Token)).Nom);
        Assert.Contains("mt_doc_cafe_idx_nom", await IndexesAsync());
    }

    [Fact]
    public async Task Queries_use_the_indexes_that_were_declared()
    {
        await using var services = Stores.Open(server, options => options.Schema.For<Cafe>()
            .Index(cafe => cafe.Nom, index => index.Name = "by_nom")
            .Index(cafe => cafe.Nom, index => (index.Casing, index.Name) = (ComputedIndex.Casings.Lower, "by_lower_nom"))
            .Index(cafe => cafe.OuvertLe, index => index.Name = "by_opening")
            .Index(cafe => cafe.Ouverture, index => index.Name = "by_ouverture")
            .Index([cafe => cafe.Adresse!.Commune, cafe => cafe.Adresse!.Numero], index => index.Name = "by_address")
            .Duplicate(cafe => cafe.Places, configure: index => index.Name = "by_places")
            .GinIndexJsonData(index => index.Name = "by_data"), _schema);
        await services.Store().Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await using var session = services.Store().QuerySession();
        var (name, places, opened) = ("a", 3, new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var cafes = session.Query<Cafe>();
        await UsesAsync("by_nom", cafes.Where(cafe => cafe.Nom == name));
        await UsesAsync("by_lower_nom", cafes.Where(cafe => cafe.Nom.Equals(name, StringComparison.OrdinalIgnoreCase)));
        await UsesAsync("by_opening", cafes.Where(cafe => cafe.OuvertLe > opened));
        await UsesAsync("by_ouverture", cafes.Where(cafe => cafe.Ouverture == Ouverture.Ouvert));
        await UsesAsync("by_address", cafes.Where(cafe => cafe.Adresse!.Commune == name && cafe.Adresse.Numero > places));
        await UsesAsync("by_places", cafes.Where(cafe => cafe.Places.IsOneOf(places, 4)));
        await UsesAsync("by_data", cafes.Where(cafe => cafe.Services.Contains(name)));
        await UsesAsync("pkey_mt_doc_cafe_id", cafes.OrderBy(cafe => cafe.Id));
    }

    [Fact]
    public async Task A_second_document_under_a_unique_index_is_refused_with_its_cause()
    {
        await using var services = Stores.Open(server, options => options.Schema.For<Cafe>()
            .UniqueIndex("one_per_commune", cafe => cafe.Adresse!.Commune, cafe => cafe.Ouverture), _schema);
        await SaveAsync(services.Store(), session => session.Insert(new Cafe(Guid.CreateVersion7(), "a", new Adresse("Bouloges", 1))));
        var failure = await Assert.ThrowsAsync<MartenCommandException>(() => SaveAsync(services.Store(), session =>
            session.Insert(new Cafe(Guid.CreateVersion7(), "b", new Adresse("Bouloges", 2)))));
        var cause = Assert.IsType<PostgresException>(failure.InnerException);
        Assert.Equal((PostgresErrorCodes.UniqueViolation, "one_per_commune"), (cause.SqlState, cause.ConstraintName));
    }

    [Fact]
    public async Task Documents_are_copied_in_bulk()
    {
        await using var services = Stores.Open(server, options => options.Schema.For<Cafe>().UseNumericRevisions(true).Duplicate(cafe => cafe.Places), _schema);
        var store = services.Store();
        Cafe[] cafes = [.. Enumerable.Range(0, 2_000).Select(i => new Cafe(Guid.CreateVersion7(), $"Café {i}") { Places = i })];
        await store.BulkInsertAsync(cafes, cancellation: Token);
        await store.BulkInsertAsync([cafes[0] with { Nom = "ignoré" }, new Cafe(Guid.CreateVersion7(), "nouveau")], BulkInsertMode.IgnoreDuplicates, cancellation: Token);
        await store.BulkInsertAsync([cafes[1] with { Nom = "remplacé" }], BulkInsertMode.OverwriteExisting, cancellation: Token);
        await Assert.ThrowsAsync<MartenCommandException>(() =>
            store.BulkInsertAsync([new Cafe(Guid.CreateVersion7(), "perdu"), cafes[2]], cancellation: Token));

        await using var session = store.QuerySession();
        Assert.Equal(2_001, await session.Query<Cafe>().CountAsync(Token));
        Assert.Equal("Café 0", (await session.LoadAsync<Cafe>(cafes[0].Id, Token))?.Nom);
        Assert.Equal("remplacé", (await session.LoadAsync<Cafe>(cafes[1].Id, Token))?.Nom);
        Assert.Equal("Café 1999", (await session.Query<Cafe>().SingleAsync(cafe => cafe.Places == 1_999, Token)).Nom);

        await store.Advanced.Clean.DeleteAllDocumentsAsync(Token);
        Assert.False(await session.Query<Cafe>().AnyAsync(Token));
    }

    [Fact]
    public async Task Stores_live_side_by_side()
    {
        var services = new ServiceCollection();
        services.AddMartenStore<ITestStore>(options => Stores.Configure(options, server, _schema));
        services.AddMartenStore<IOtherStore>(options => Stores.Configure(options, server, _schema + "_other"));
        services.ConfigureMarten<IOtherStore>(options => options.Schema.For<Cafe>().DocumentAlias("autre"));
        await using var provider = services.BuildServiceProvider();
        Assert.Equal([provider.GetRequiredService<ITestStore>(), provider.GetRequiredService<IOtherStore>()], provider.AllDocumentStores());

        var id = Guid.CreateVersion7();
        await SaveAsync(provider.GetRequiredService<IOtherStore>(), session => session.Store(new Cafe(id, "ailleurs")));
        await using var here = provider.GetRequiredService<ITestStore>().QuerySession();
        await using var there = provider.GetRequiredService<IOtherStore>().QuerySession();
        Assert.Null(await here.LoadAsync<Cafe>(id, Token));
        Assert.NotNull(await there.LoadAsync<Cafe>(id, Token));
        Assert.Equal(1L, await ScalarAsync($"select count(*) from {_schema}_other.mt_doc_autre"));
    }

    [Fact]
    public async Task What_cannot_be_created_is_named()
    {
        await ScalarAsync($"create role {_schema}_guest login; create schema {_schema}; create table {_schema}.mt_doc_cafe (id uuid primary key)");
        await using var wrong = Stores.Open(server, options => options.RegisterDocumentType<Cafe>(), _schema);
        Assert.Contains($"{_schema}.mt_doc_cafe", (await ApplyAsync(wrong.Store())).Message, StringComparison.Ordinal);

        await using var guest = Stores.Open(server, options =>
        {
            options.Connection(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Username = _schema + "_guest" }.ConnectionString);
            options.RegisterDocumentType<Cafe>();
        }, _schema);
        Assert.Contains(_schema, (await ApplyAsync(guest.Store())).Message, StringComparison.Ordinal);

        var unmade = Stores.NewSchema();
        await using var readOnly = Stores.Open(server, options =>
        {
            options.Connection(server.ConnectionString + ";Options=-c default_transaction_read_only=on");
            options.RegisterDocumentType<Cafe>();
        }, unmade);
        Assert.Contains(unmade, (await ApplyAsync(readOnly.Store())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_created_when_that_is_forbidden()
    {
        await using var services = Stores.Open(server, options => options.AutoCreateSchemaObjects = AutoCreate.None, _schema);
        await using var session = services.Store().QuerySession();
        await Assert.ThrowsAnyAsync<Exception>(() => session.LoadAsync<Cafe>(Guid.CreateVersion7(), Token));
        Assert.Equal(0L, await ScalarAsync($"select count(*) from pg_namespace where nspname = '{_schema}'"));
    }

    private static async Task SaveAsync(IDocumentStore store, Action<IDocumentSession> change)
    {
        await using var session = store.LightweightSession();
        change(session);
        await session.SaveChangesAsync(Token);
    }

    private static Task<Exception> ApplyAsync(ITestStore store) =>
        Assert.ThrowsAnyAsync<Exception>(() => store.Storage.ApplyAllConfiguredChangesToDatabaseAsync());

    private async Task UsesAsync(string index, IQueryable<Cafe> query)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(Token);
        await using (var planner = new NpgsqlCommand("set enable_seqscan = off; set enable_sort = off", connection))
        {
            await planner.ExecuteNonQueryAsync(Token);
        }

        await using var command = query.ToCommand();
        (command.Connection, command.CommandText) = (connection, "explain " + command.CommandText);
        var plan = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(Token);
        while (await reader.ReadAsync(Token))
        {
            plan.Add(reader.GetString(0));
        }

        Assert.True(plan.Any(line => line.Split(' ').Contains(index)), $"{index} is not in\n{string.Join('\n', plan)}");
    }

    private Task<List<string>> ColumnsAsync() =>
        ListAsync($"select column_name::text from information_schema.columns where table_schema = '{_schema}' and table_name = 'mt_doc_cafe' order by 1");

    private Task<List<string>> IndexesAsync() => ListAsync($"select indexname::text from pg_indexes where schemaname = '{_schema}'");

    private async Task<List<string>> ListAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Token);
        var rows = new List<string>();
        while (await reader.ReadAsync(Token))
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Token);
    }

    private sealed class OneCafe : IInitialData
    {
        public Task Populate(IDocumentStore store, CancellationToken cancellation) =>
            SaveAsync(store, session => session.Store(new Cafe(Guid.CreateVersion7(), "Premier")));
    }

    private sealed class CountingService(ITestStore store) : BackgroundService
    {
        public static int Seen { get; private set; }

        public override async Task StartAsync(CancellationToken cancellationToken)
        {
            await using var session = store.QuerySession();
            Seen = await session.Query<Cafe>().CountAsync(cancellationToken);
        }

        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
    }
}
