using System.Data;
using JasperFx;
using Marten;
using Npgsql;
using Xunit;

namespace MilleCafes.Stack.Conformance.Tests.Documents;

public sealed class RevisionTests(ThrowawayServer server) : IAsyncLifetime
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private readonly string _schema = Stores.NewSchema();
    private IAsyncDisposable _services = null!;
    private ITestStore _store = null!;

    public ValueTask InitializeAsync()
    {
        var services = Stores.Open(server, options => options.Schema.For<Cafe>().UseNumericRevisions(true), _schema);
        (_services, _store) = (services, services.Store());
        return default;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    [Fact]
    public async Task Revisions_start_at_one_and_rise()
    {
        var cafe = new Cafe(Guid.CreateVersion7(), "un");
        await SaveAsync(session => session.Insert(cafe));
        Assert.Equal(1, await RevisionAsync(cafe.Id));
        await SaveAsync(session => session.UpdateRevision(cafe with { Nom = "deux" }, 2));
        Assert.Equal(2, await RevisionAsync(cafe.Id));
        await SaveAsync(session => session.Store(cafe with { Nom = "trois" }));
        Assert.Equal(3, await RevisionAsync(cafe.Id));
        await SaveAsync(session => session.Update(cafe with { Nom = "quatre" }));
        Assert.Equal(4, await RevisionAsync(cafe.Id));
        Assert.Equal("quatre", await NameAsync(cafe.Id));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(2)]
    public async Task A_revision_already_reached_is_refused(long revision)
    {
        var cafe = new Cafe(Guid.CreateVersion7(), "un");
        await SaveAsync(session => session.Insert(cafe));
        await SaveAsync(session => session.UpdateRevision(cafe, 3));
        var failure = await Assert.ThrowsAsync<ConcurrencyException>(() =>
            SaveAsync(session => session.UpdateRevision(cafe with { Nom = "autre" }, revision)));
        Assert.Equal(cafe.Id, failure.Id);
        Assert.Equal("un", await NameAsync(cafe.Id));
    }

    [Fact]
    public async Task Of_two_writers_of_the_same_revision_one_wins()
    {
        var cafe = new Cafe(Guid.CreateVersion7(), "un");
        await SaveAsync(session => session.Insert(cafe));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            try
            {
                await SaveAsync(session => session.UpdateRevision(cafe with { Nom = $"écrivain {i}" }, 2));
                return $"écrivain {i}";
            }
            catch (ConcurrencyException)
            {
                return null;
            }
        }));
        Assert.Equal(await NameAsync(cafe.Id), Assert.Single(outcomes, outcome => outcome is not null));
    }

    [Fact]
    public async Task Updating_what_is_not_there_is_refused()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => SaveAsync(session => session.Update(new Cafe(Guid.CreateVersion7(), "nul"))));
        await using var session = _store.QuerySession();
        Assert.False(await session.Query<Cafe>().AnyAsync(cafe => cafe.Nom == "nul", Token));
    }

    [Fact]
    public async Task A_serializable_session_reads_one_state_and_commits()
    {
        var cafe = new Cafe(Guid.CreateVersion7(), "un");
        await SaveAsync(session => session.Insert(cafe));

        await using var serializable = _store.LightweightSession(IsolationLevel.Serializable);
        Assert.Equal("un", (await serializable.LoadAsync<Cafe>(cafe.Id, Token))?.Nom);
        await SaveAsync(session => session.UpdateRevision(cafe with { Nom = "deux" }, 2));
        Assert.Equal("un", (await serializable.LoadAsync<Cafe>(cafe.Id, Token))?.Nom);
        serializable.UpdateRevision(cafe with { Nom = "trois" }, 3);
        await Assert.ThrowsAnyAsync<Exception>(() => serializable.SaveChangesAsync(Token));
        Assert.Equal("deux", await NameAsync(cafe.Id));

        await serializable.SaveChangesAsync(Token);
        Assert.Equal("trois", await NameAsync(cafe.Id));
    }

    private async Task SaveAsync(Action<IDocumentSession> change)
    {
        await using var session = _store.LightweightSession();
        change(session);
        await session.SaveChangesAsync(Token);
    }

    private async Task<string?> NameAsync(Guid id)
    {
        await using var session = _store.QuerySession();
        return (await session.LoadAsync<Cafe>(id, Token))?.Nom;
    }

    private async Task<long> RevisionAsync(Guid id)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = source.CreateCommand($"select mt_version from {_schema}.mt_doc_cafe where id = $1");
        command.Parameters.Add(new() { Value = id });
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }
}
