using Marten;
using Marten.Exceptions;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace MilleCafes.Stack.Conformance.Tests.Documents;

/// <summary>What a store cannot do is named, and the rest goes on.</summary>
public sealed class BadInputTests(ThrowawayServer server)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private readonly string _schema = Stores.NewSchema();

    [Fact]
    [Trait("Stack", "Embedded")]
    public async Task A_document_that_cannot_be_written_is_named_and_nothing_else_of_its_commit_is_stored()
    {
        await using var services = Stores.Open(server);
        var store = services.Store();
        var good = new Cafe(Guid.CreateVersion7(), "bon");
        foreach (var bad in (object[])[new Unwritable(Guid.CreateVersion7(), double.NaN), new Circular(Guid.CreateVersion7()), new Throwing(Guid.CreateVersion7()), new Zero(Guid.CreateVersion7(), "\0")])
        {
            await using var session = store.LightweightSession();
            session.Store<object>(good, bad);
            var failure = await Assert.ThrowsAnyAsync<Exception>(() => session.SaveChangesAsync(Token));
            Assert.Contains(bad.GetType().Name, failure.Message, StringComparison.Ordinal);
            Assert.Contains(((IKnown)bad).Id.ToString(), failure.Message, StringComparison.Ordinal);
            Assert.Null(await session.LoadAsync<Cafe>(good.Id, Token));

            await using (var other = store.LightweightSession())
            {
                other.Store(new Cafe(Guid.CreateVersion7(), "ailleurs"));
                await other.SaveChangesAsync(Token);
            }

            session.EjectAllPendingChanges();
            session.Store(new Cafe(Guid.CreateVersion7(), "ensuite"));
            await session.SaveChangesAsync(Token);
        }

        await using var reading = store.QuerySession();
        Assert.Equal(4, await reading.Query<Cafe>().CountAsync(cafe => cafe.Nom == "ailleurs", Token));
        Assert.Equal(4, await reading.Query<Cafe>().CountAsync(cafe => cafe.Nom == "ensuite", Token));
    }

    [Fact]
    [Trait("Stack", "Embedded")]
    public async Task A_document_that_cannot_be_read_is_named()
    {
        await using var services = Stores.Open(server, schema: _schema);
        await using var session = services.Store().LightweightSession();
        var (good, bad) = (new Cafe(Guid.CreateVersion7(), "bon"), new Cafe(Guid.CreateVersion7(), "mauvais"));
        session.Store(good, bad);
        session.QueueSqlCommand($"update {_schema}.mt_doc_cafe set data = jsonb_set(data, '{{places}}', '\"many\"') where id = ?", bad.Id);
        await session.SaveChangesAsync(Token);
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => session.LoadAsync<Cafe>(bad.Id, Token));
        Assert.Contains(nameof(Cafe), failure.Message, StringComparison.Ordinal);
        Assert.NotNull(await session.LoadAsync<Cafe>(good.Id, Token));
    }

    [Fact]
    [Trait("Stack", "Embedded")]
    public async Task A_schema_of_someone_else_is_named()
    {
        var guest = _schema + "_guest";
        await ExecuteAsync($"create role {guest} login");
        Assert.Contains(_schema, await RefusalAsync(_schema, guest), StringComparison.Ordinal);

        await ExecuteAsync($"create schema {_schema}; grant usage on schema {_schema} to {guest}");
        Assert.Contains(_schema, await RefusalAsync(_schema, guest), StringComparison.Ordinal);

        await ExecuteAsync($"create table {_schema}.mt_doc_cafe (id uuid primary key)");
        Assert.Contains($"{_schema}.mt_doc_cafe belongs to someone else", await RefusalAsync(_schema, guest), StringComparison.Ordinal);
        Assert.Contains($"{_schema}.mt_doc_cafe has no column data", await RefusalAsync(_schema, "postgres"), StringComparison.Ordinal);

        await using var elsewhere = Open(Stores.NewSchema(), "postgres");
        await elsewhere.Store().Storage.ApplyAllConfiguredChangesToDatabaseAsync();
    }

    [Fact]
    [Trait("Stack", "Embedded")]
    public async Task A_read_only_server_is_read_and_its_refusals_are_named()
    {
        var cafe = new Cafe(Guid.CreateVersion7(), "là");
        await using (var writing = Stores.Open(server, schema: _schema))
        {
            await using var session = writing.Store().LightweightSession();
            session.Store(cafe);
            await session.SaveChangesAsync(Token);
        }

        await using var services = Stores.Open(server, options =>
        {
            options.Connection(server.ConnectionString + ";Options=-c default_transaction_read_only=on");
            options.Schema.For<Cafe>();
        }, _schema);
        await services.Store().Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await using var reading = services.Store().LightweightSession();
        Assert.Equal("là", (await reading.LoadAsync<Cafe>(cafe.Id, Token))?.Nom);

        reading.Store(cafe with { Nom = "ailleurs" });
        var failure = await Assert.ThrowsAsync<MartenCommandException>(() => reading.SaveChangesAsync(Token));
        Assert.Contains("mt_doc_cafe", failure.Message, StringComparison.Ordinal);
        Assert.Contains(cafe.Id.ToString(), failure.Message, StringComparison.Ordinal);
        Assert.Equal(PostgresErrorCodes.ReadOnlySqlTransaction, Assert.IsType<PostgresException>(failure.InnerException).SqlState);
        reading.EjectAllPendingChanges();

        reading.Insert(new Unwritable(Guid.CreateVersion7(), 1));
        var uncreated = await Assert.ThrowsAnyAsync<MartenException>(() => reading.SaveChangesAsync(Token));
        Assert.Contains($"{_schema}.mt_doc_badinputtests_unwritable", uncreated.Message, StringComparison.Ordinal);
        Assert.Equal("là", (await reading.Query<Cafe>().SingleAsync(Token)).Nom);
    }

    [Fact]
    [Trait("Stack", "Embedded")]
    public async Task An_older_PostgreSQL_is_refused_with_both_versions()
    {
        await using var older = new Relay(server.ConnectionString, version: "13");
        await using var services = Stores.Open(server, options =>
        {
            options.Connection(older.ConnectionString);
            options.RegisterDocumentType<Cafe>();
        }, _schema);
        var failure = await Assert.ThrowsAsync<MartenException>(() => services.Store().Storage.ApplyAllConfiguredChangesToDatabaseAsync());
        Assert.Matches(@"PostgreSQL 13\.\d+ .* 14 ", failure.Message);
        await using var session = services.Store().QuerySession();
        Assert.Equal(failure.Message, (await Assert.ThrowsAsync<MartenException>(() => session.LoadAsync<Cafe>(Guid.Empty, Token))).Message);
    }

    [Fact]
    [Trait("Stack", "Embedded")]
    public async Task A_document_without_identity_is_named()
    {
        await using var services = Stores.Open(server);
        await using var session = services.Store().LightweightSession();
        Assert.Contains(nameof(Nameless), Assert.Throws<MartenException>(() => session.Store(new Nameless("a"))).Message, StringComparison.Ordinal);
        var failure = await Assert.ThrowsAsync<MartenException>(() => session.LoadAsync<Cafe>("not a guid", Token));
        Assert.Contains(nameof(Cafe), failure.Message, StringComparison.Ordinal);
    }

    private async Task<string> RefusalAsync(string schema, string user)
    {
        await using var services = Open(schema, user);
        return (await Assert.ThrowsAsync<MartenException>(() => services.Store().Storage.ApplyAllConfiguredChangesToDatabaseAsync())).Message;
    }

    private ServiceProvider Open(string schema, string user) => Stores.Open(server, options =>
    {
        options.Connection(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Username = user }.ConnectionString);
        options.RegisterDocumentType<Cafe>();
    }, schema);

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }

    private interface IKnown
    {
        Guid Id { get; }
    }

    public sealed record Unwritable(Guid Id, double Value) : IKnown;

    public sealed record Circular(Guid Id) : IKnown
    {
        public Circular Self => this;
    }

    public sealed record Throwing(Guid Id) : IKnown
    {
        public string Value => throw new InvalidTimeZoneException(Id.ToString());
    }

    /// <summary>JSON can say it, PostgreSQL cannot keep it.</summary>
    public sealed record Zero(Guid Id, string Text) : IKnown;

    public sealed record Nameless(string Text);
}
