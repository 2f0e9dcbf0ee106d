using Marten;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace MilleCafes.Stack.Conformance.Tests.Documents;

public sealed class QueryTests(ThrowawayServer server) : IAsyncLifetime
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private static readonly Cafe[] Cafes =
    [
        .. Enumerable.Range(0, 12).Select(i => new Cafe(Guid.CreateVersion7(), $"Café {i:00}", i % 3 == 0 ? null : new Adresse($"Commune {i % 2}", i))
        {
            Places = i,
            Ouverture = (Ouverture)(i % 3),
            Services = [.. Enumerable.Range(0, i % 4).Select(service => $"service {service}")],
        }),
    ];

    private ServiceProvider _services = null!;
    private IQuerySession _session = null!;

    public async ValueTask InitializeAsync()
    {
        _services = Stores.Open(server);
        await using var session = _services.Store().LightweightSession();
        session.Insert(Cafes);
        await session.SaveChangesAsync(Token);
        _session = _services.Store().QuerySession();
    }

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task Rows_become_records_anonymous_objects_and_scalars()
    {
        var chosen = _session.Query<Cafe>().Where(cafe => cafe.Places == 4);
        Assert.Equivalent(new Ligne(Cafes[4].Id, "Café 04", "Commune 0", 0), await chosen
            .Select(cafe => new Ligne(cafe.Id, cafe.Nom, cafe.Adresse!.Commune, cafe.Services.Count)).SingleAsync(Token), strict: true);
        Assert.Equal(new { Cafes[4].Nom, Ouverture = Ouverture.Travaux }, await chosen.Select(cafe => new { cafe.Nom, cafe.Ouverture }).SingleAsync(Token));
        Assert.Equal("Café 04", await chosen.Select(cafe => cafe.Nom).SingleAsync(Token));
        Assert.Equal(4, await chosen.Select(cafe => cafe.Adresse!.Numero).SingleAsync(Token));
        Assert.Equivalent(Cafes[4].Adresse, await chosen.Select(cafe => cafe.Adresse).SingleAsync(Token), strict: true);
        Assert.Null(await _session.Query<Cafe>().Where(cafe => cafe.Places == 3).Select(cafe => cafe.Adresse).SingleAsync(Token));
    }

    [Fact]
    public async Task Pages_are_cut_in_order()
    {
        var page = await _session.Query<Cafe>().OrderByDescending(cafe => cafe.Ouverture).ThenBy(cafe => cafe.Places).Skip(3).Take(3).ToListAsync(Token);
        Assert.Equal(Cafes.OrderByDescending(cafe => cafe.Ouverture).ThenBy(cafe => cafe.Places).Skip(3).Take(3).Select(cafe => cafe.Id), page.Select(cafe => cafe.Id));
        Assert.Equal(2, await _session.Query<Cafe>().OrderBy(cafe => cafe.Nom).Skip(10).CountAsync(Token));
        Assert.Empty(await _session.Query<Cafe>().Take(0).ToListAsync(Token));
    }

    [Fact]
    public async Task Single_values_follow_the_rules_of_LINQ()
    {
        var cafes = _session.Query<Cafe>();
        Assert.Equal("Café 07", (await cafes.FirstAsync(cafe => cafe.Places == 7, Token)).Nom);
        Assert.Equal("Café 07", (await cafes.SingleOrDefaultAsync(cafe => cafe.Places == 7, Token))?.Nom);
        Assert.Null(await cafes.FirstOrDefaultAsync(cafe => cafe.Places == 70, Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => cafes.FirstAsync(cafe => cafe.Places == 70, Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => cafes.SingleAsync(cafe => cafe.Places == 70, Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => cafes.SingleAsync(cafe => cafe.Places > 7, Token));
        Assert.Equal(12, await cafes.CountAsync(Token));
        Assert.True(await cafes.AnyAsync(cafe => cafe.Adresse == null, Token));
        Assert.False(await cafes.AnyAsync(cafe => cafe.Nom == "", Token));
    }

    [Fact]
    public void Queries_do_not_run_synchronously()
    {
        Assert.Throws<NotSupportedException>(() => _session.Query<Cafe>().ToList());
        Assert.Throws<NotSupportedException>(() => _session.Query<Cafe>().Count());
    }

    private sealed record Ligne(Guid Id, string Nom, string? Commune, int Services);
}
