using JasperFx;
using Marten;
using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Events;

/// <summary>How many events have a place in the feed.</summary>
[Unaudited("A counter of the feed.")]
internal sealed record FeedLength : Document
{
    public static readonly Guid OnlyId = Guid.Parse("00000000-0000-7000-8000-000000000003");

    public long Last { get; init; }
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
