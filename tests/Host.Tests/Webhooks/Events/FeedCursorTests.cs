using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;
using MilleCafes.Host.Webhooks.Events;
using MilleCafes.Host.Webhooks.Sending;
using MilleCafes.Shared;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.Webhooks.Events;

/// <summary>A cursor of the feed tells nothing, and nobody makes one.</summary>
public sealed class FeedCursorTests(MilleCafesHost host)
{
    private static readonly FeedCursor Cursors = new(Samples.Seal);

    [Theory]
    [InlineData(1)]
    [InlineData(42)]
    [InlineData(long.MaxValue)]
    public void Every_host_of_a_database_gives_the_same_cursor_and_reads_it(long place)
    {
        var another = new FeedCursor(new SecretSeal(new byte[SecretSeal.KeyBytes]));

        Assert.Equal(Cursors.Of(place), another.Of(place));
        Assert.Equal((place, 22), (another.PlaceOf(Cursors.Of(place)), Cursors.Of(place).Length));
    }

    [Fact]
    public void A_cursor_shows_neither_its_place_nor_the_order_of_places()
    {
        var cursors = Enumerable.Range(1, 200).Select(place => Cursors.Of(place)).ToList();

        Assert.Equal(200, cursors.Distinct().Count());
        Assert.NotEqual(cursors, cursors.Order(StringComparer.Ordinal));
        // Of one bit more, half of all bits are others
        Assert.All(cursors.Zip(cursors.Skip(1)), pair => Assert.InRange(BytesOf(pair.First).Zip(BytesOf(pair.Second)).Sum(two => int.PopCount(two.First ^ two.Second)), 30, 98));
    }

    [Fact]
    public void A_cursor_that_was_changed_or_was_never_given_is_none()
    {
        var cursor = Cursors.Of(42);
        var changed = Enumerable.Range(0, 128).Select(bit =>
        {
            var bytes = BytesOf(cursor);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            return Base64Url.EncodeToString(bytes);
        });

        Assert.All([.. changed, Plain(42), Plain(0), Paging.Cursor(typeof(ListWebhookEvents), Guid.CreateVersion7()), "", "here", cursor + "A"], text => Assert.Null(Cursors.PlaceOf(text)));
        Assert.Null(new FeedCursor(new SecretSeal([.. Enumerable.Repeat((byte)1, SecretSeal.KeyBytes)])).PlaceOf(cursor));
    }

    [Fact]
    public async Task The_feed_refuses_a_cursor_that_it_never_gave()
    {
        await using var partner = await Partner.OfAsync(host);

        foreach (var cursor in new[] { Plain(1), Plain(0), Paging.Cursor(typeof(ListWebhookEvents), Guid.CreateVersion7()), "here" })
        {
            var problem = await Partner.ReadAsync(await partner.Client.GetAsync($"/v1/webhooks/events?after={cursor}", TestContext.Current.CancellationToken), HttpStatusCode.BadRequest);

            var error = Assert.Single(problem.GetProperty("errors").EnumerateArray());
            Assert.Equal(("/after", "bad_cursor"), (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()));
        }
    }

    /// <summary>The number alone, in the form of a cursor.</summary>
    private static string Plain(long place)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(8), place);
        return Base64Url.EncodeToString(bytes);
    }

    private static byte[] BytesOf(string cursor) => Base64Url.DecodeFromChars(cursor);
}
