using FsCheck;
using FsCheck.Fluent;
using Marten;
using Xunit;

namespace MilleCafes.Stack.Conformance.Tests.Documents;

/// <summary>Random predicates and orders must find in the database exactly what LINQ-to-objects finds in memory.</summary>
public sealed class LinqAgainstObjectsTests(ThrowawayServer server) : IAsyncLifetime
{
    private const int Predicates = 1_000;
    private const int Documents = 120;

    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private IAsyncDisposable _services = null!;
    private ITestStore _store = null!;
    private Probe[] _probes = [];

    public async ValueTask InitializeAsync()
    {
        var services = Stores.Open(server, options => options.Schema.For<Probe>().Duplicate(probe => probe.Number).GinIndexJsonData());
        (_services, _store) = (services, services.Store());
        _probes = [.. Probes.Documents.Sample(Documents)];
        await using var session = _store.LightweightSession();
        session.Insert(_probes);
        await session.SaveChangesAsync(Token);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    [Fact]
    public void Random_predicates_find_what_they_find_in_memory()
    {
        var telling = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Predicates), Prop.ForAll(Probes.Predicates.ToArbitrary(), predicate =>
        {
            var expected = _probes.Where(predicate.Compile()).Select(probe => probe.Id).Order().ToArray();
            using var session = _store.QuerySession();
            var actual = session.Query<Probe>().Where(predicate).OrderBy(probe => probe.Id).Select(probe => probe.Id)
                .ToListAsync(Token).GetAwaiter().GetResult();
            telling += expected.Length is > 0 and < Documents ? 1 : 0;
            return expected.SequenceEqual(actual);
        }));
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
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(choices.ToArbitrary(), choice =>
        {
            IQueryable<Guid> Page(IQueryable<Probe> source) => choice.second.Then(choice.first.By(source))
                .ThenBy(probe => probe.Id).Skip(choice.skip).Take(choice.take).Select(probe => probe.Id);
            using var session = _store.QuerySession();
            return Page(_probes.AsQueryable()).SequenceEqual(Page(session.Query<Probe>()).ToListAsync(Token).GetAwaiter().GetResult());
        }));
    }

    [Fact]
    public async Task Strings_are_ordered_ordinally()
    {
        await using var session = _store.QuerySession();
        var actual = await session.Query<Probe>().OrderBy(probe => probe.Name).Select(probe => probe.Name).ToListAsync(Token);
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

    private sealed record Order(
        string Name, Func<IQueryable<Probe>, IOrderedQueryable<Probe>> By, Func<IOrderedQueryable<Probe>, IOrderedQueryable<Probe>> Then)
    {
        public static Order[] Of<TKey>(System.Linq.Expressions.Expression<Func<Probe, TKey>> key) =>
        [
            new($"{key} ascending", source => source.OrderBy(key), source => source.ThenBy(key)),
            new($"{key} descending", source => source.OrderByDescending(key), source => source.ThenByDescending(key)),
        ];

        public override string ToString() => Name;
    }
}
