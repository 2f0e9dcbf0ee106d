using System.Collections.Frozen;
using System.Linq.Expressions;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace MilleCafes.Stack.Conformance.Tests.Documents;

/// <summary>Queries at the edges of C#, which random predicates seldom meet: they find what memory finds, or are refused.</summary>
[Trait("Stack", "Embedded")]
public sealed class FaithfulTests(ThrowawayServer server) : IAsyncLifetime
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private static readonly Essai[] Essais =
    [
        .. Enumerable.Range(0, 5).Select(i => new Essai(Guid.CreateVersion7(), i == 4 ? null : ((string[])["abc", "ABC", "5", ""])[i], i + 3, i / 2.0, (Sens)(i % 3 - 1))),
        new Essai(Guid.CreateVersion7(), "inconnu", 0, -1, (Sens)17),
    ];

    private ServiceProvider _services = null!;
    private IQuerySession _session = null!;

    public async ValueTask InitializeAsync()
    {
        _services = Stores.Open(server);
        await using var session = _services.Store().LightweightSession();
        session.Insert(Essais);
        await session.SaveChangesAsync(Token);
        _session = _services.Store().QuerySession();
    }

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task Collections_that_compare_by_default_find_what_they_hold()
    {
        var (set, ordinal, frozen) = (new HashSet<string?> { "abc", null }, new HashSet<string?>(StringComparer.Ordinal) { "5" }, FrozenSet.Create("ABC", "5"));
        var held = new { Read = (IReadOnlyList<string?>)["abc", "5"], Listed = (ICollection<string?>)new List<string?> { "" }, Range = Enumerable.Range(3, 2) };
        var chosen = held.Read.Where(text => text == "5").Select(text => text + "");
        await SameAsync(essai => set.Contains(essai.Nom), essai => ordinal.Contains(essai.Nom), essai => frozen.Contains(essai.Nom!));
        await SameAsync(essai => held.Read.Contains(essai.Nom), essai => held.Listed.Contains(essai.Nom), essai => held.Range.Contains(essai.Nombre));
        await SameAsync(essai => chosen.Contains(essai.Nom), essai => new[] { "abc" }.Contains(essai.Nom));
    }

    private async Task SameAsync(params Expression<Func<Essai, bool>>[] predicates)
    {
        foreach (var predicate in predicates)
        {
            var expected = Essais.Where(predicate.Compile()).Select(essai => essai.Id).Order().ToArray();
            var found = await _session.Query<Essai>().Where(predicate).OrderBy(essai => essai.Id).Select(essai => essai.Id).ToListAsync(Token);
            Assert.True(expected.SequenceEqual(found), $"{predicate} found {found.Count} of {expected.Length}");
        }
    }
}

public enum Sens
{
    Recul = -1,
    Arret,
    Marche,
}

/// <summary>A document for the edges of queries.</summary>
public sealed record Essai(Guid Id, string? Nom, int Nombre, double Poids, Sens Sens);
