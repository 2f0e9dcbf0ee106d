using System.Linq.Expressions;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Marten;
using Xunit;

namespace MilleCafes.Stack.Conformance.Tests.Documents;

/// <summary>Random queries must find in the database exactly what LINQ-to-objects finds in memory.</summary>
public sealed class LinqAgainstObjectsTests(ThrowawayServer server) : IAsyncLifetime
{
    private const int Predicates = 2_000;
    private const int Documents = 120;

    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private IAsyncDisposable _services = null!;
    private IQuerySession _session = null!;
    private Probe[] _probes = [];

    public async ValueTask InitializeAsync()
    {
        var services = Stores.Open(server, options => options.Schema.For<Probe>().Duplicate(probe => probe.Number).GinIndexJsonData());
        _probes = [.. Probes.Documents.Sample(Documents)];
        await using var session = services.Store().LightweightSession();
        session.Insert(_probes);
        await session.SaveChangesAsync(Token);
        (_services, _session) = (services, services.Store().QuerySession());
    }

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        await _services.DisposeAsync();
    }

    [Fact]
    public void Random_predicates_find_what_they_find_in_memory()
    {
        var telling = 0;
        var operators = new Operators();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Predicates), Prop.ForAll(Probes.Predicates.ToArbitrary(), predicate =>
        {
            operators.Visit(predicate.Body);
            var expected = _probes.Where(predicate.Compile()).Select(probe => probe.Id).Order().ToArray();
            var actual = Wait(_session.Query<Probe>().Where(predicate).OrderBy(probe => probe.Id).Select(probe => probe.Id).ToListAsync(Token));
            telling += expected.Length is > 0 and < Documents ? 1 : 0;
            return expected.SequenceEqual(actual);
        }));
        Assert.Empty(Operators.Promised.Except(operators.Seen));
        Assert.True(telling > Predicates / 3, $"only {telling} of {Predicates} predicates told documents apart");
    }

    [Fact]
    public void Random_orders_and_pages_are_those_in_memory()
    {
        var choices = from first in Gen.Elements(Orders)
                      from second in Gen.Elements(Orders)
                      from skip in Gen.Choose(0, 20)
                      from take in Gen.Choose(0, 30)
                      select (first, second, skip, take);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(choices.ToArbitrary(), choice =>
        {
            IQueryable<Guid> Page(IQueryable<Probe> source) => choice.second.Then(choice.first.By(source))
                .ThenBy(probe => probe.Id).Skip(choice.skip).Take(choice.take).Select(probe => probe.Id);
            return Page(_probes.AsQueryable()).SequenceEqual(Wait(Page(_session.Query<Probe>()).ToListAsync(Token)));
        }));
    }

    [Fact]
    public void Random_selections_are_those_in_memory_row_by_row()
    {
        var choices = from predicate in Probes.Predicates from selection in Gen.Elements(Selections) select (predicate, selection);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(choices.ToArbitrary(), choice =>
            choice.selection.InMemory(_probes.AsQueryable().Where(choice.predicate)) ==
            Wait(choice.selection.InDatabase(_session.Query<Probe>().Where(choice.predicate)))));
    }

    [Fact]
    public void Random_counts_and_single_documents_are_those_in_memory()
    {
        var choices = from predicate in Probes.Predicates
                      from few in Gen.Choose(0, 3)
                      from ending in Gen.Elements(Endings)
                      select (predicate, few, ending);
        var outcomes = new Dictionary<string, HashSet<string>>();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(choices.ToArbitrary(), choice =>
        {
            IQueryable<Probe> Few(IQueryable<Probe> source) => source.Where(choice.predicate).OrderBy(probe => probe.Id).Take(choice.few);
            var expected = Outcome(() => choice.ending.InMemory(Few(_probes.AsQueryable())));
            (outcomes.TryGetValue(choice.ending.Name, out var known) ? known : outcomes[choice.ending.Name] = []).Add(expected);
            return expected == Outcome(() => Wait(choice.ending.InDatabase(Few(_session.Query<Probe>()))));
        }));
        Assert.All(Endings, ending => Assert.True(outcomes[ending.Name].Count > 1, $"{ending.Name} had one outcome only"));
    }

    [Fact]
    public async Task Strings_are_ordered_ordinally()
    {
        var actual = await _session.Query<Probe>().OrderBy(probe => probe.Name).Select(probe => probe.Name).ToListAsync(Token);
        Assert.Equal(_probes.Select(probe => probe.Name).Order(Comparer<string?>.Create(Probes.ByCodePoint)), actual);
    }

    private static readonly Order[] Orders =
    [
        .. Order.Of(probe => probe.Number), .. Order.Of(probe => probe.MaybeNumber), .. Order.Of(probe => probe.Distance),
        .. Order.Of(probe => probe.Amount), .. Order.Of(probe => probe.Ratio), .. Order.Of(probe => probe.Flag), .. Order.Of(probe => probe.MaybeFlag),
        .. Order.Of(probe => probe.Day), .. Order.Of(probe => probe.MaybeDay), .. Order.Of(probe => probe.At), .. Order.Of(probe => probe.MaybeAt),
        .. Order.Of(probe => probe.Stamp), .. Order.Of(probe => probe.Kind), .. Order.Of(probe => probe.MaybeKind), .. Order.Of(probe => probe.Key),
        .. Order.Of(probe => probe.Place.Number),
    ];

    private static readonly Selection[] Selections =
    [
        Selection.Of(probe => probe),
        Selection.Of(probe => new Row(probe.Id, probe.Name, probe.Place.Commune, probe.MaybeNumber, probe.Kind, probe.MaybeAt)),
        Selection.Of(probe => new { probe.Title, probe.Place, probe.Tags, Count = probe.Numbers.Count }),
        Selection.Of(probe => new Lieu(probe.Title, probe.Number, Nature.Bar) { Commune = probe.Name }),
        Selection.Of(probe => new Mutable { Key = probe.MaybeKey, Day = probe.MaybeDay, Flag = probe.Flag }),
        Selection.Of(probe => new Row(probe.Key, "constant", null, 3, probe.Place.Kind, null)),
        Selection.Of(probe => probe.Name), Selection.Of(probe => probe.MaybeNumber), Selection.Of(probe => probe.Amount), Selection.Of(probe => probe.Ratio),
        Selection.Of(probe => probe.At), Selection.Of(probe => probe.Stamp), Selection.Of(probe => probe.MaybeDay), Selection.Of(probe => probe.MaybeKind),
        Selection.Of(probe => probe.Key), Selection.Of(probe => probe.Place), Selection.Of(probe => probe.Parts), Selection.Of(probe => probe.Instants),
    ];

    private static readonly Ending[] Endings =
    [
        new("Count", probes => probes.Count(), async probes => await probes.CountAsync(Token)),
        new("Any", probes => probes.Any(), async probes => await probes.AnyAsync(Token)),
        new("First", probes => probes.First(), async probes => await probes.FirstAsync(Token)),
        new("FirstOrDefault", probes => probes.FirstOrDefault(), async probes => await probes.FirstOrDefaultAsync(Token)),
        new("Single", probes => probes.Single(), async probes => await probes.SingleAsync(Token)),
        new("SingleOrDefault", probes => probes.SingleOrDefault(), async probes => await probes.SingleOrDefaultAsync(Token)),
    ];

    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private static string Outcome(Func<object?> ask)
    {
        try
        {
            return JsonSerializer.Serialize(ask());
        }
        catch (InvalidOperationException failure)
        {
            return failure.GetType().Name;
        }
    }

    private sealed record Order(
        string Name, Func<IQueryable<Probe>, IOrderedQueryable<Probe>> By, Func<IOrderedQueryable<Probe>, IOrderedQueryable<Probe>> Then)
    {
        public static Order[] Of<TKey>(Expression<Func<Probe, TKey>> key) =>
        [
            new($"{key} ascending", source => source.OrderBy(key), source => source.ThenBy(key)),
            new($"{key} descending", source => source.OrderByDescending(key), source => source.ThenByDescending(key)),
        ];

        public override string ToString() => Name;
    }

    /// <summary>A Select, its rows written as JSON on both sides.</summary>
    private sealed record Selection(string Name, Func<IQueryable<Probe>, string> InMemory, Func<IQueryable<Probe>, Task<string>> InDatabase)
    {
        public static Selection Of<TRow>(Expression<Func<Probe, TRow>> selector) => new(
            selector.ToString(),
            source => JsonSerializer.Serialize(source.OrderBy(probe => probe.Id).Select(selector)),
            async source => JsonSerializer.Serialize(await source.OrderBy(probe => probe.Id).Select(selector).ToListAsync(Token)));

        public override string ToString() => Name;
    }

    private sealed record Ending(string Name, Func<IQueryable<Probe>, object?> InMemory, Func<IQueryable<Probe>, Task<object?>> InDatabase)
    {
        public override string ToString() => Name;
    }

    private sealed record Row(Guid Id, string? Name, string? Commune, int? Number, Nature Kind, DateTimeOffset? At);

    private sealed class Mutable
    {
        public Guid? Key { get; set; }

        public DateOnly? Day { get; set; }

        public bool Flag { get; set; }
    }
}
