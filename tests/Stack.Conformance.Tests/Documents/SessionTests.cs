using JasperFx;
using Marten;
using Marten.Exceptions;
using Npgsql;
using Xunit;

namespace MilleCafes.Stack.Conformance.Tests.Documents;

public sealed class SessionTests(ThrowawayServer server)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stored_document_is_loaded_as_it_was()
    {
        await using var services = Stores.Open(server);
        var cafe = new Cafe(Guid.CreateVersion7(), "L'Épicerie « Ô »", new Adresse("Bouloges", 3))
        {
            Ouverture = Ouverture.Travaux,
            Services = ["presse", "relais colis"],
            OuvertLe = new DateTimeOffset(2023, 4, 1, 8, 30, 0, TimeSpan.FromHours(2)),
        };
        await SaveAsync(services, session => session.Store(cafe));

        await using var reading = services.Store().QuerySession();
        var loaded = await reading.LoadAsync<Cafe>(cafe.Id, Token);
        Assert.Equivalent(cafe, loaded, strict: true);
        Assert.True(await reading.CheckExistsAsync<Cafe>(cafe.Id, Token));
        Assert.False(await reading.CheckExistsAsync<Cafe>(Guid.CreateVersion7(), Token));
        Assert.Null(await reading.LoadAsync<Cafe>(Guid.CreateVersion7(), Token));
    }

    [Fact]
    public async Task Many_documents_are_loaded_at_once()
    {
        await using var services = Stores.Open(server);
        Cafe[] cafes = [.. Enumerable.Range(0, 5).Select(i => new Cafe(Guid.CreateVersion7(), $"Café {i}"))];
        await SaveAsync(services, session => session.Insert(cafes));

        await using var reading = services.Store().QuerySession();
        var loaded = await reading.LoadManyAsync<Cafe>(Token, cafes[1].Id, cafes[3].Id, Guid.CreateVersion7());
        Assert.Equal([cafes[1].Nom, cafes[3].Nom], loaded.Select(cafe => cafe.Nom).Order());
    }

    [Fact]
    public async Task Identities_may_be_strings()
    {
        await using var services = Stores.Open(server);
        await SaveAsync(services, session =>
        {
            session.Store(new Named("75056", "Paris"), new Named("O'Brien \"; --", "x"));
        });

        await using var reading = services.Store().QuerySession();
        Assert.Equal("Paris", (await reading.LoadAsync<Named>("75056", Token))?.Text);
        Assert.Equal("x", (await reading.LoadAsync<Named>("O'Brien \"; --", Token))?.Text);
        Assert.Equal(2, (await reading.LoadManyAsync<Named>(Token, "75056", "O'Brien \"; --", "?")).Count);
        Assert.True(await reading.CheckExistsAsync<Named>("75056", Token));
    }

    [Fact]
    public async Task An_empty_identity_is_given_one()
    {
        await using var services = Stores.Open(server);
        var note = new Note { Text = "a" };
        await SaveAsync(services, session => session.Store(note));
        Assert.NotEqual(Guid.Empty, note.Id);
        await using var reading = services.Store().QuerySession();
        Assert.Equal("a", (await reading.LoadAsync<Note>(note.Id, Token))?.Text);
    }

    [Fact]
    public async Task An_identity_is_inserted_once()
    {
        await using var services = Stores.Open(server);
        var cafe = new Cafe(Guid.CreateVersion7(), "Premier");
        await SaveAsync(services, session => session.Insert(cafe));

        var failure = await Assert.ThrowsAsync<DocumentAlreadyExistsException>(() =>
            SaveAsync(services, session => session.Insert(cafe with { Nom = "Second" })));
        Assert.Equal(cafe.Id, failure.Id);
        Assert.Equal(typeof(Cafe), failure.DocType);
        Assert.Equal("Premier", (await LoadAsync(services, cafe.Id))?.Nom);
    }

    [Fact]
    public async Task Nothing_is_stored_when_one_command_fails()
    {
        await using var services = Stores.Open(server, options => options.Schema.For<Cafe>().UseNumericRevisions(true));
        var taken = new Cafe(Guid.CreateVersion7(), "Pris");
        await SaveAsync(services, session => session.Insert(taken));

        var (before, after) = (new Cafe(Guid.CreateVersion7(), "Avant"), new Cafe(Guid.CreateVersion7(), "Après"));
        await using var session = services.Store().LightweightSession();
        session.Insert(before);
        session.UpdateRevision(taken with { Nom = "Changé" }, 1);
        session.Insert(after);
        await Assert.ThrowsAsync<ConcurrencyException>(() => session.SaveChangesAsync(Token));

        Assert.Null(await LoadAsync(services, before.Id));
        Assert.Null(await LoadAsync(services, after.Id));
        Assert.Equal("Pris", (await LoadAsync(services, taken.Id))?.Nom);

        session.EjectAllPendingChanges();
        session.Insert(before);
        await session.SaveChangesAsync(Token);
        Assert.NotNull(await LoadAsync(services, before.Id));
    }

    [Theory]
    [Trait("Stack", "Embedded")]
    [InlineData(1)]
    [InlineData(7)]
    public async Task A_commit_is_one_round_trip(int count)
    {
        await using var relay = new Relay(server.ConnectionString);
        await using var services = Stores.Open(server, options => options.Connection(relay.ConnectionString));
        await SaveAsync(services, session => session.Store(new Cafe(Guid.CreateVersion7(), "avant"), new Cafe(Guid.CreateVersion7(), "pendant")));
        relay.RoundTrips.Clear();
        await SaveAsync(services, session =>
        {
            session.Insert(Enumerable.Range(0, count).Select(i => new Cafe(Guid.CreateVersion7(), $"Nouveau {i}")));
            session.Store(new Cafe(Guid.CreateVersion7(), "après"));
            session.DeleteWhere<Cafe>(cafe => cafe.Nom == "avant");
            session.QueueSqlCommand("select ?", "tout");
        });
        var trip = Assert.Single(relay.RoundTrips);
        Assert.All([.. Enumerable.Range(0, count).Select(i => $"Nouveau {i}"), "DELETE", "tout"], part => Assert.Contains(part, trip, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Stack", "Embedded")]
    public async Task A_commit_with_a_message_is_one_round_trip_too()
    {
        await using var relay = new Relay(server.ConnectionString);
        var post = new Messages.Post(server);
        await using var node = await post.StartAsync(options => options.Discovery.IncludeType(typeof(Messages.StockHandler)), through: relay.ConnectionString);
        var id = Guid.CreateVersion7();
        await node.TrackAsync(async bus =>
        {
            await using var session = node.Sessions.OpenSession(bus);
            session.Insert(new Messages.Trace(id, id, "request", 0));
            await bus.PublishAsync(new Messages.Commande(id));
            await session.SaveChangesAsync(Token);
        });
        var trip = Assert.Single(relay.RoundTrips, trip => trip.Contains("\"request\"", StringComparison.Ordinal));
        Assert.Contains("wolverine_incoming_envelopes", trip, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queued_command_runs_with_the_documents_or_not_at_all()
    {
        var schema = Stores.NewSchema();
        await using var services = Stores.Open(server, schema: schema);
        var cafe = new Cafe(Guid.CreateVersion7(), "a");
        await SaveAsync(services, session => session.Store(cafe));
        await SaveAsync(services, session =>
            session.QueueSqlCommand($"update {schema}.mt_doc_cafe set data = jsonb_set(data, '{{nom}}', to_jsonb(?::text)) where id = ?", "'; drop --", cafe.Id));
        Assert.Equal("'; drop --", (await LoadAsync(services, cafe.Id))?.Nom);

        var failure = await Assert.ThrowsAsync<MartenCommandException>(() => SaveAsync(services, session =>
        {
            session.Delete(cafe);
            session.QueueSqlCommand("select 1 / ?", 0);
        }));
        Assert.Equal(PostgresErrorCodes.DivisionByZero, Assert.IsType<PostgresException>(failure.InnerException).SqlState);
        Assert.NotNull(await LoadAsync(services, cafe.Id));
    }

    [Fact]
    public async Task Documents_are_deleted_by_entity_identity_and_predicate()
    {
        await using var services = Stores.Open(server);
        Cafe[] cafes = [.. Enumerable.Range(0, 4).Select(i => new Cafe(Guid.CreateVersion7(), $"Café {i}") { Places = i })];
        await SaveAsync(services, session => session.Insert(cafes));
        await SaveAsync(services, session =>
        {
            session.Delete(cafes[0]);
            session.Delete<Cafe>(cafes[1].Id);
            session.DeleteWhere<Cafe>(cafe => cafe.Places > 2);
        });

        await using var reading = services.Store().QuerySession();
        Assert.Equal([cafes[2].Id], (await reading.Query<Cafe>().ToListAsync(Token)).Select(cafe => cafe.Id));
    }

    private static async Task SaveAsync(IServiceProvider services, Action<IDocumentSession> change)
    {
        await using var session = services.Store().LightweightSession();
        change(session);
        await session.SaveChangesAsync(Token);
    }

    private static async Task<Cafe?> LoadAsync(IServiceProvider services, Guid id)
    {
        await using var session = services.Store().QuerySession();
        return await session.LoadAsync<Cafe>(id, Token);
    }

    public sealed record Named(string Id, string Text);

    public sealed class Note
    {
        public Guid Id { get; set; }

        public string Text { get; set; } = "";
    }
}
