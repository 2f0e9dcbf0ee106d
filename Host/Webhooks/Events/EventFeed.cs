using System.Collections.Immutable;
using JasperFx;
using Marten;
using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Events;

/// <summary>How many events have a place in the feed, and which of them are no longer kept.</summary>
[Unaudited("A counter of the feed.")]
internal sealed record FeedLength : Document
{
    public static readonly Guid OnlyId = Guid.Parse("00000000-0000-7000-8000-000000000003");

    public long Last { get; init; }

    /// <summary>The last place of each type of event that was given to one no longer kept.</summary>
    public ImmutableDictionary<string, long> Removed { get; init; } = ImmutableDictionary<string, long>.Empty;

    /// <summary>Why nobody can read on after this place, if so.</summary>
    public Error? RefusalAfter(long place, string pattern) =>
        place < 0 || place > Last ? WebhookEventErrors.CursorUnknown : HasLostAfter(place, pattern) ? WebhookEventErrors.CursorTooOld : null;

    public FeedLength Without(IEnumerable<WebhookEvent> events) => this with
    {
        Removed = Removed.SetItems(events.GroupBy(news => news.Type).Select(type => KeyValuePair.Create(type.Key, Math.Max(Removed.GetValueOrDefault(type.Key), type.Max(news => news.Position ?? 0))))),
    };

    /// <summary>Whether something was removed that came after this place and is of a type that <paramref name="pattern"/> asks for.</summary>
    private bool HasLostAfter(long place, string pattern) => Removed.Any(removed => removed.Value > place && EventCatalogue.Matches(pattern, removed.Key));
}

/// <summary>
/// The one order in which events can be read to the end. Their ids tell when they happened, and one that is recorded late would stand behind a reader's back. So
/// each gets its place only once it can be seen, and places are given in one line: whoever gives some has first seen all that were given before.
/// </summary>
internal sealed class EventFeed(IWebhooksStore store)
{
    private const int AtOnce = 500;
    private const int MostClashes = 50;

    /// <summary>Gives a place to every event that can be seen now.</summary>
    public async Task ExtendAsync(CancellationToken cancellationToken)
    {
        for (var clashes = 0; clashes < MostClashes;)
        {
            await using var session = store.LightweightSession();
            var events = await session.Query<WebhookEvent>().Where(news => news.Position == null).OrderBy(news => news.Id).Take(AtOnce).ToListAsync(cancellationToken);
            if (events.Count == 0)
            {
                return;
            }

            await LengthenAsync(session, events, cancellationToken);
            try
            {
                await session.SaveChangesAsync(cancellationToken);
            }
            catch (Exception exception) when (exception is ConcurrencyException or DocumentAlreadyExistsException)
            {
                // Somebody else was faster; what is still without a place gets one now
                clashes++;
            }
        }
    }

    /// <summary>Takes out the beginning of the feed, up to the first event that was recorded at this instant or later, and remembers it.</summary>
    public async Task ShortenAsync(DateTimeOffset limit, CancellationToken cancellationToken)
    {
        await ExtendAsync(cancellationToken);
        for (var (clashes, removed) = (0, AtOnce); removed == AtOnce && clashes < MostClashes;)
        {
            await using var session = store.LightweightSession();
            var kept = await session.Query<WebhookEvent>().Where(news => news.RecordedAt >= limit && news.Position > 0).OrderBy(news => news.Position).FirstOrDefaultAsync(cancellationToken);
            // Never from its midst: a reader who begins with the first that is kept must not be told of a gap
            var end = kept?.Position ?? long.MaxValue;
            var events = await session.Query<WebhookEvent>().Where(news => news.RecordedAt < limit && news.Position < end).OrderBy(news => news.Position).Take(AtOnce).ToListAsync(cancellationToken);
            foreach (var news in events)
            {
                session.Delete(news);
            }

            if (events.Any(news => news.Position > 0) && await session.LoadAsync<FeedLength>(FeedLength.OnlyId, cancellationToken) is { } length)
            {
                session.UpdateNext(length.Without(events));
            }

            try
            {
                await session.SaveChangesAsync(cancellationToken);
                removed = events.Count;
            }
            catch (ConcurrencyException)
            {
                clashes++;
            }
        }
    }

    /// <summary>Why a reader cannot read on after this place without missing something of the types that <paramref name="pattern"/> asks for, if so.</summary>
    public async Task<Error?> RefusalAfterAsync(long place, string pattern, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        var length = await session.LoadAsync<FeedLength>(FeedLength.OnlyId, cancellationToken) ?? new FeedLength { Id = FeedLength.OnlyId };
        return length.RefusalAfter(place, pattern);
    }

    private static async Task LengthenAsync(IDocumentSession session, IReadOnlyList<WebhookEvent> events, CancellationToken cancellationToken)
    {
        var length = await session.LoadAsync<FeedLength>(FeedLength.OnlyId, cancellationToken);
        var last = length?.Last ?? 0;
        foreach (var news in events)
        {
            session.UpdateNext(news with { Position = ++last });
        }

        if (length is null)
        {
            session.Insert(new FeedLength { Id = FeedLength.OnlyId, Last = last });
        }
        else
        {
            session.UpdateNext(length with { Last = last });
        }
    }
}
