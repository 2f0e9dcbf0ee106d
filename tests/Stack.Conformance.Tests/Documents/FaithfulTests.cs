using System.Collections.Frozen;
using System.Linq.Expressions;
using Marten;
using Marten.Exceptions;
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

    [Fact]
    public async Task What_CSharp_does_not_reach_is_not_evaluated()
    {
        var (none, some) = (new { Nom = (Essai?)null, Nombre = (int?)null }, new { Nom = (Essai?)Essais[0], Nombre = (int?)5 });
        foreach (var filter in new[] { none, some })
        {
            await SameAsync(essai => filter.Nom == null || essai.Nom == filter.Nom.Nom, essai => filter.Nom != null && essai.Nom == filter.Nom.Nom);
            await SameAsync(essai => filter.Nombre == null || essai.Nombre >= filter.Nombre.Value);
            await SameAsync(essai => filter.Nombre.HasValue && essai.Nombre >= filter.Nombre.Value);
            await SameAsync(essai => !(filter.Nombre.HasValue && essai.Nombre >= filter.Nombre.Value) && essai.Nombre > 3);
        }

        await Assert.ThrowsAsync<NullReferenceException>(() => _session.Query<Essai>().CountAsync(essai => essai.Nom == none.Nom!.Nom, Token));
        await Assert.ThrowsAsync<NullReferenceException>(() => _session.Query<Essai>().CountAsync(essai => essai.Nom == none.Nom!.Nom!.Trim(), Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _session.Query<Essai>().CountAsync(essai => essai.Nombre == none.Nombre!.Value, Token));
    }

    [Fact]
    public async Task Values_without_a_name_are_found()
    {
        Sens[] several = [(Sens)17, Sens.Recul];
        await SameAsync(essai => essai.Sens == (Sens)17, essai => essai.Sens != (Sens)17, essai => several.Contains(essai.Sens), essai => essai.Sens == (Sens)18);
    }

    [Fact]
    public async Task Enums_are_ordered_by_value_also_below_zero()
    {
        var found = await _session.Query<Essai>().OrderBy(essai => essai.Sens).ThenBy(essai => essai.Nombre).Select(essai => essai.Nombre).ToListAsync(Token);
        Assert.Equal(Essais.OrderBy(essai => essai.Sens).ThenBy(essai => essai.Nombre).Select(essai => essai.Nombre), found);
    }

    [Fact]
    public async Task Nothing_compares_to_what_is_not_a_number()
    {
        var (none, nan) = ((double?)null, double.NaN);
        await SameAsync(essai => essai.Poids < nan, essai => essai.Poids >= nan, essai => nan >= essai.Poids);
        await SameAsync(essai => essai.Poids == nan, essai => essai.Poids != nan, essai => !(essai.Poids < nan), essai => essai.Poids.Equals(nan), essai => essai.Poids > none);
    }

    [Fact]
    public async Task Boxed_values_equal_those_of_their_own_type()
    {
        object[] boxed = [5L, 3, "5", "abc"];
        var (five, three, text) = ((object)5L, (object)3, (object)"5");
        await SameAsync(essai => essai.Nombre.Equals(five), essai => essai.Nombre.Equals(three), essai => essai.Nombre.Equals(text), essai => five.Equals(essai.Nombre));
        await SameAsync(essai => essai.Nom != null && (essai.Nom.Equals(five) || essai.Nom.Equals(text)), essai => boxed.Contains(essai.Nombre), essai => boxed.Contains(essai.Nom));
        await SameAsync(essai => essai.Sens.Equals(Sens.Recul), essai => ((long)essai.Nombre).Equals(5L), essai => new[] { 5L, 3L }.Contains(essai.Nombre));
    }

    [Fact]
    public async Task What_is_called_inside_a_query_is_called_once()
    {
        var calls = 0;
        Func<string> next = () => $"abc{++calls}";
        Assert.Equal(0, await _session.Query<Essai>().CountAsync(essai => essai.Nom!.Equals(next(), StringComparison.Ordinal) && essai.Nombre.Equals(0), Token));
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_is_named()
    {
        var schema = Stores.NewSchema();
        await using var services = Stores.Open(server, schema: schema);
        await using var session = services.Store().LightweightSession();
        session.Store(Essais[0]);
        session.QueueSqlCommand($"update {schema}.mt_doc_essai set data = jsonb_set(data, '{{nombre}}', 'null')");
        await session.SaveChangesAsync(Token);
        var failure = await Assert.ThrowsAsync<MartenException>(() => session.Query<Essai>().Select(essai => essai.Nombre).ToListAsync(Token));
        Assert.Contains("mt_doc_essai", failure.Message, StringComparison.Ordinal);
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
