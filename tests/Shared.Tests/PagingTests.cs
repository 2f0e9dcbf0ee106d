using FsCheck;
using FsCheck.Fluent;

namespace MilleCafes.Shared.Tests;

public sealed class PagingTests
{
    [Fact]
    public void A_cursor_leads_back_to_its_key() => Prop.ForAll(ArbMap.Default.ArbFor<Guid>(), key =>
        Paging.TryParse(Paging.Cursor(key), out var read) && read == key).QuickCheckThrowOnFailure();

    [Fact]
    public void A_cursor_needs_no_escaping_in_an_address() => Prop.ForAll(ArbMap.Default.ArbFor<Guid>(), key =>
        Paging.Cursor(key) is var cursor && Uri.EscapeDataString(cursor) == cursor).QuickCheckThrowOnFailure();

    [Fact]
    public void Without_a_cursor_the_list_starts_at_its_beginning()
    {
        Assert.True(Paging.TryParse(null, out var key));
        Assert.Equal(Guid.Empty, key);
    }

    [Fact]
    public void No_text_whatever_makes_it_fall_and_what_it_reads_it_also_writes() => Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text =>
        text is null || !Paging.TryParse(text, out var key) || Paging.TryParse(Paging.Cursor(key), out var again) && again == key).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("AAAAAAAAAAAAAAAAAAAA A")]
    [InlineData("AAAAAAAAAAAAAAAAAAAA  ")]
    [InlineData("\tAAAAAAAAAAAAAAAAAAAA\n")]
    [InlineData("AAAAAAAAAAAAAAAAAAAA\nA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAA+/")]
    [InlineData("ÀÀÀÀÀÀÀÀÀÀÀÀÀÀÀÀÀÀÀÀÀÀ")]
    [InlineData("' or 1=1; drop table --")]
    [InlineData("018f0000-0000-7000-8000-000000000000")]
    public void A_cursor_that_the_api_did_not_give_is_refused(string cursor) => Assert.False(Paging.TryParse(cursor, out _));

    [Fact]
    public void A_very_long_cursor_is_refused() => Assert.False(Paging.TryParse(new string('A', 1_000_000), out _));
}
