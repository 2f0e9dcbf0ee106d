using System.Buffers.Binary;
using MilleCafes.Recruitment.Funnel;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.GeranceOffers;

/// <summary>Counts candidatures by source; beyond the largest, the others are one line.</summary>
internal sealed class OfferSources
{
    private const int MostSources = 100;
    private const string BeforeAllDays = "0";
    private const string AfterAllDays = "a";

    private static readonly int WholePath = Enum.GetValues<GerantStage>().Count(stage => stage.IsOnPath());

    private readonly Dictionary<string, Tally> tallies = [];

    /// <summary>The ids of a period: they begin with their instant.</summary>
    public static IEnumerable<object> Ids(CountOfferSources request) => [Bound(request.Since) ?? Guid.Empty, Bound(request.Until) ?? Guid.AllBitsSet];

    /// <summary>The days of a period, as the funnel's lines begin: its first, the first that is whole, its last, the day after.</summary>
    public static IEnumerable<object> Days(CountOfferSources request)
    {
        var (first, last) = (request.Since is { } since ? LocalDays.Of(since) : (DateOnly?)null, request.Until is { } until ? LocalDays.Of(until) : (DateOnly?)null);
        return [Start(first, BeforeAllDays), Start(After(first), BeforeAllDays), Start(last, AfterAllDays), Start(After(last), AfterAllDays)];
    }

    public void Add(FunnelLine line)
    {
        if (!tallies.TryGetValue(line.Source, out var tally))
        {
            var (partner, name) = FunnelLine.Told(line.Source);
            tallies[line.Source] = tally = new(partner, name ?? "");
        }

        tally.Count(1, line.Journey.Reached == WholePath && line.Journey.End == JourneyEnd.Here ? 1 : 0, line.Offer);
    }

    /// <param name="name">As it was written; whole sources are added, each once.</param>
    public void Add(Guid? partner, string name, long candidatures, long inPost, Guid offer)
    {
        var tally = tallies[FunnelLine.SourceOf(partner, name)] = new(partner, name);
        tally.Count(candidatures, inPost, offer);
    }

    /// <summary>The largest source first.</summary>
    /// <param name="namesPersons">Whether what candidates write of their source is told; else those sources are among the others.</param>
    public OfferSourcesView View(bool namesPersons)
    {
        var byName = tallies.ToLookup(source => namesPersons || !FunnelLine.IsWritten(source.Key), source => source.Value);
        var told = byName[true].OrderByDescending(source => source.Candidatures).ThenBy(source => source.Name, StringComparer.Ordinal).ThenBy(source => source.Partner).ToList();
        List<Tally> others = [.. told.Skip(MostSources), .. byName[false]];
        var sources = told.Take(MostSources).Select(source => source.View(namesPersons));
        return new(tallies.Values.Sum(source => source.Candidatures), [.. others.Count > 0 ? sources.Append(Tally.Of(others).View(namesPersons, others: true)) : sources]);
    }

    private static DateOnly? After(DateOnly? day) => day < DateOnly.MaxValue ? day.Value.AddDays(1) : day;

    private static string Start(DateOnly? day, string without) => day is { } known ? FunnelLine.Start(known) : without;

    // The first id that an instant can have
    private static Guid? Bound(DateTimeOffset? instant)
    {
        if (instant is not { } from)
        {
            return null;
        }

        Span<byte> id = stackalloc byte[16];
        id.Clear();
        BinaryPrimitives.WriteInt64BigEndian(id, Math.Max(0, from.ToUnixTimeMilliseconds()) << 16);
        return new(id, bigEndian: true);
    }

    private sealed class Tally(Guid? partner, string name)
    {
        private readonly HashSet<Guid> offers = [];
        private long inPost;

        public Guid? Partner => partner;

        public string Name => name;

        public long Candidatures { get; private set; }

        public static Tally Of(IEnumerable<Tally> several)
        {
            var sum = new Tally(null, "");
            foreach (var one in several)
            {
                sum.Count(one.Candidatures, one.inPost, null);
                sum.offers.UnionWith(one.offers);
            }

            return sum;
        }

        public void Count(long candidatures, long settled, Guid? offer)
        {
            (Candidatures, inPost) = (Candidatures + candidatures, inPost + settled);
            if (offer is { } answered)
            {
                offers.Add(answered);
            }
        }

        public OfferSourceView View(bool named, bool others = false) => new(named && name.Length > 0 ? name : null, partner, Candidatures, inPost, offers.Count, others);
    }
}
