using Marten;
using Marten.Exceptions;
using Npgsql;
using Weasel.Core;
using Xunit;

namespace MilleCafes.Stack.Conformance.Tests.Documents;

public sealed class BulkInsertTests(ThrowawayServer server)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    /// <summary>With and without a column that must be computed on the way, with and without revisions.</summary>
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Documents_are_copied_in_bulk(bool duplicated, bool revised)
    {
        await using var services = Stores.Open(server, options =>
        {
            var mapping = options.Schema.For<Cafe>().UseNumericRevisions(revised);
            _ = duplicated ? mapping.Duplicate(cafe => cafe.Places, notNull: true) : mapping;
        });
        var store = services.Store();
        Cafe[] cafes = [.. Enumerable.Range(0, 2_000).Select(i => new Cafe(Guid.CreateVersion7(), $"Café « {i} »") { Places = i })];
        await store.BulkInsertAsync(cafes, batchSize: 300, cancellation: Token);
        Cafe[] more = [cafes[0] with { Nom = "ignoré" }, new(Guid.CreateVersion7(), "nouveau")];
        await store.BulkInsertAsync(more, BulkInsertMode.IgnoreDuplicates, batchSize: 1, Token);
        await store.BulkInsertAsync([cafes[1] with { Nom = "remplacé" }], BulkInsertMode.OverwriteExisting, cancellation: Token);

        await using var session = store.LightweightSession();
        Assert.Equal(2_001, await session.Query<Cafe>().CountAsync(Token));
        Assert.Equivalent(cafes[0], await session.LoadAsync<Cafe>(cafes[0].Id, Token), strict: true);
        Assert.Equal("remplacé", (await session.LoadAsync<Cafe>(cafes[1].Id, Token))?.Nom);
        Assert.Equal("Café « 1999 »", (await session.Query<Cafe>().SingleAsync(cafe => cafe.Places == 1_999, Token)).Nom);
        if (revised)
        {
            session.UpdateRevision(cafes[2] with { Nom = "deux" }, 2);
            await session.SaveChangesAsync(Token);
            Assert.Equal("deux", (await session.LoadAsync<Cafe>(cafes[2].Id, Token))?.Nom);
        }
    }

    [Fact]
    public async Task A_bulk_insert_that_fails_leaves_nothing()
    {
        await using var services = Stores.Open(server, options => options.Schema.For<Cafe>().Duplicate(cafe => cafe.Places));
        var store = services.Store();
        var taken = new Cafe(Guid.CreateVersion7(), "pris");
        await store.BulkInsertAsync([taken], cancellation: Token);
        var failure = await Assert.ThrowsAsync<MartenCommandException>(() =>
            store.BulkInsertAsync([new Cafe(Guid.CreateVersion7(), "perdu"), taken], batchSize: 1, cancellation: Token));
        Assert.Equal(PostgresErrorCodes.UniqueViolation, Assert.IsType<PostgresException>(failure.InnerException).SqlState);
        Assert.Contains(nameof(Cafe), failure.Message, StringComparison.Ordinal);

        var unwritable = await Assert.ThrowsAnyAsync<Exception>(() =>
            store.BulkInsertAsync([new Unwritable(Guid.CreateVersion7(), 1), new Unwritable(Guid.CreateVersion7(), double.NaN)], cancellation: Token));
        Assert.Contains(nameof(Unwritable), unwritable.Message, StringComparison.Ordinal);
        await using var session = store.QuerySession();
        Assert.Equal(1, await session.Query<Cafe>().CountAsync(Token));
        Assert.Equal(0, await session.Query<Unwritable>().CountAsync(Token));
    }

    [Fact]
    [Trait("Stack", "Embedded")]
    public async Task Comparing_versions_in_bulk_is_refused_by_name()
    {
        await using var services = Stores.Open(server);
        var failure = await Assert.ThrowsAsync<NotSupportedException>(() =>
            services.Store().BulkInsertAsync([new Cafe(Guid.CreateVersion7(), "a")], BulkInsertMode.OverwriteIfVersionMatches, cancellation: Token));
        Assert.Contains(nameof(BulkInsertMode.OverwriteIfVersionMatches), failure.Message, StringComparison.Ordinal);
    }

    public sealed record Unwritable(Guid Id, double Value);
}
