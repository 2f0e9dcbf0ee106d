using JasperFx;
using Marten;
using Marten.Exceptions;
using Marten.Schema;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
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
    public async Task The_schema_is_there_before_other_services_start()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        CountingService.Table = $"{_schema}.mt_doc_cafe";
        builder.Services.AddHostedService<CountingService>();
        builder.Services.AddMartenStore<ITestStore>(options =>
        {
            Stores.Configure(options, server, _schema);
            options.RegisterDocumentType<Cafe>();
        }).ApplyAllDatabaseChangesOnStartup();
        builder.Services.AddSingleton(server);
        using var host = builder.Build();
        await host.StartAsync(Token);
        Assert.Equal(0L, CountingService.Seen);
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
    [Trait("Stack", "Embedded")]
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
    [Trait("Stack", "Embedded")]
    public async Task Two_types_of_one_name_are_refused_with_both()
    {
        await using var services = Stores.Open(server, options => options.RegisterDocumentType<Cafe>(), _schema);
        await using var session = services.Store().QuerySession();
        var failure = Assert.Throws<MartenException>(() => session.Query<Elsewhere.Cafe>());
        Assert.Contains(typeof(Cafe).FullName!, failure.Message, StringComparison.Ordinal);
        Assert.Contains(typeof(Elsewhere.Cafe).FullName!, failure.Message, StringComparison.Ordinal);
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
    public async Task Stores_live_side_by_side()
    {
        var services = new ServiceCollection();
        services.AddMartenStore<ITestStore>(options => Stores.Configure(options, server, _schema));
        services.AddMartenStore<IOtherStore>(options => Stores.Configure(options, server, _schema + "_other"));
        services.ConfigureMarten<IOtherStore>(options => options.Schema.For<Cafe>().UseNumericRevisions(true));
        await using var provider = services.BuildServiceProvider();
        var id = Guid.CreateVersion7();
        await SaveAsync(provider.GetRequiredService<IOtherStore>(), session => session.Store(new Cafe(id, "ailleurs")));
        await using var here = provider.GetRequiredService<ITestStore>().QuerySession();
        await using var there = provider.GetRequiredService<IOtherStore>().QuerySession();
        Assert.Null(await here.LoadAsync<Cafe>(id, Token));
        Assert.NotNull(await there.LoadAsync<Cafe>(id, Token));
        Assert.Equal(1L, await ScalarAsync($"select count(*) from {_schema}_other.mt_doc_cafe where mt_version = 1"));
    }

    [Fact]
    public async Task Nothing_is_created_when_that_is_forbidden()
    {
        await using var services = Stores.Open(server, options => options.AutoCreateSchemaObjects = AutoCreate.None, _schema);
        await using var session = services.Store().QuerySession();
        await Assert.ThrowsAnyAsync<Exception>(() => session.LoadAsync<Cafe>(Guid.CreateVersion7(), Token));
        Assert.Equal(0L, await ScalarAsync($"select count(*) from pg_namespace where nspname = '{_schema}'"));
    }

    [Fact]
    [Trait("Stack", "Embedded")]
    public async Task What_the_caller_may_create_goes_before_the_options()
    {
        await using (var forbidden = Stores.Open(server, options => options.RegisterDocumentType<Cafe>(), _schema))
        {
            await forbidden.Store().Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.None);
            Assert.Equal(0L, await ScalarAsync($"select count(*) from pg_namespace where nspname = '{_schema}'"));
            await SaveAsync(forbidden.Store(), session => session.Store(new Cafe(Guid.CreateVersion7(), "a")));
        }

        await using var allowed = Stores.Open(server, options =>
        {
            options.AutoCreateSchemaObjects = AutoCreate.None;
            options.RegisterDocumentType<Elsewhere.Cafe>();
        }, _schema + "_allowed");
        await allowed.Store().Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
        Assert.Equal(0L, await ScalarAsync($"select count(*) from {_schema}_allowed.mt_doc_cafe"));
    }

    [Fact]
    [Trait("Stack", "Embedded")]
    public async Task A_smaller_configuration_takes_nothing_away()
    {
        await using (var services = Stores.Open(server, options => options.Schema.For<Cafe>().Duplicate(cafe => cafe.Places).Index(cafe => cafe.Nom), _schema))
        {
            await SaveAsync(services.Store(), session => session.Store(new Cafe(Guid.CreateVersion7(), "a") { Places = 3 }));
        }

        var before = (await ColumnsAsync(), await IndexesAsync());
        await using var smaller = Stores.Open(server, options => options.Schema.For<Cafe>(), _schema);
        await smaller.Store().Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await SaveAsync(smaller.Store(), session => session.Store(new Cafe(Guid.CreateVersion7(), "b")));
        Assert.Equal(before.Item1, await ColumnsAsync());
        Assert.Equal(before.Item2.Order(), (await IndexesAsync()).Order());
        Assert.Contains("places", before.Item1);
        Assert.Equal(3, await ScalarAsync($"select places from {_schema}.mt_doc_cafe where data ->> 'nom' = 'a'"));
    }

    [Fact]
    [Trait("Stack", "Embedded")]
    public async Task Data_that_a_unique_index_forbids_is_named_at_once()
    {
        await using (var services = Stores.Open(server, schema: _schema))
        {
            await SaveAsync(services.Store(), session => session.Store(new Cafe(Guid.CreateVersion7(), "a"), new Cafe(Guid.CreateVersion7(), "a")));
        }

        await using var relay = new Relay(server.ConnectionString);
        await using var unique = Stores.Open(server, options =>
        {
            options.Connection(relay.ConnectionString);
            options.Schema.For<Cafe>().UniqueIndex("one_name", cafe => cafe.Nom);
        }, _schema);
        var failure = await Assert.ThrowsAsync<MartenException>(() => unique.Store().Storage.ApplyAllConfiguredChangesToDatabaseAsync());
        Assert.Contains("one_name", failure.Message, StringComparison.Ordinal);
        Assert.Single(relay.RoundTrips, trip => trip.Contains("CREATE UNIQUE INDEX", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Stack", "Embedded")]
    public async Task Another_host_is_waited_for_however_long_it_takes()
    {
        await using var services = Stores.Open(server, options =>
        {
            options.Connection(server.ConnectionString + $";Command Timeout=1;Application Name={_schema}");
            options.RegisterDocumentType<Cafe>();
        }, _schema);
        await using var other = new NpgsqlConnection(server.ConnectionString);
        await other.OpenAsync(Token);
        await using var held = new NpgsqlCommand("select pg_advisory_lock(4004)", other);
        await held.ExecuteNonQueryAsync(Token);
        var applying = services.Store().Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        while (!applying.IsCompleted && await ScalarAsync("select count(*), pg_sleep(0.05) from pg_locks join pg_stat_activity using (pid) " +
            $"where application_name = '{_schema}' and not granted and waitstart < clock_timestamp() - interval '1.5 s'") is 0L)
        {
        }

        held.CommandText = "select pg_advisory_unlock(4004)";
        await held.ExecuteNonQueryAsync(Token);
        await applying;
    }

    private static async Task SaveAsync(IDocumentStore store, Action<IDocumentSession> change)
    {
        await using var session = store.LightweightSession();
        change(session);
        await session.SaveChangesAsync(Token);
    }

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

    /// <summary>Asks PostgreSQL itself: the store would create the table on the way.</summary>
    private sealed class CountingService(ThrowawayServer server) : IHostedService
    {
        public static object? Seen { get; private set; }

        public static string Table { get; set; } = "";

        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await using var source = NpgsqlDataSource.Create(server.ConnectionString);
            await using var command = source.CreateCommand($"select count(*) from {Table}");
            Seen = await command.ExecuteScalarAsync(cancellationToken);
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
