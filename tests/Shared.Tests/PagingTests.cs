using FsCheck;
using FsCheck.Fluent;

namespace MilleCafes.Shared.Tests;

public sealed class PagingTests
{
    private static readonly Type List = typeof(SomeList);

    [Fact]
    public void A_cursor_leads_back_to_its_key() => Prop.ForAll(ArbMap.Default.ArbFor<Guid>(), key =>
        Paging.TryParse(List, Paging.Cursor(List, key), out var read) && read == key).QuickCheckThrowOnFailure();

    [Fact]
    public void A_cursor_of_a_list_in_parts_leads_back_to_its_key_and_its_part_and_nowhere_elsewhere() => Prop.ForAll(ArbMap.Default.ArbFor<(Guid Key, byte Part)>(), one =>
        Paging.Cursor(List, one.Key, one.Part) is var cursor && Paging.TryParse(List, cursor, out var key, out var part) && (key, part) == one
        && !Paging.TryParse(List, cursor, out _) && !Paging.TryParse(typeof(OtherList), cursor, out _, out _) && !Paging.TryParse(List, Paging.Cursor(List, one.Key), out _, out _)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_cursor_needs_no_escaping_in_an_address() => Prop.ForAll(ArbMap.Default.ArbFor<Guid>(), key =>
        Paging.Cursor(List, key) is var cursor && Uri.EscapeDataString(cursor) == cursor).QuickCheckThrowOnFailure();

    [Fact]
    public void A_cursor_of_one_list_leads_nowhere_in_another() => Prop.ForAll(ArbMap.Default.ArbFor<Guid>(), key =>
        !Paging.TryParse(typeof(OtherList), Paging.Cursor(List, key), out _)).QuickCheckThrowOnFailure();

    [Fact]
    public void Without_a_cursor_the_list_starts_at_its_beginning()
    {
        Assert.True(Paging.TryParse(List, null, out var key));
        Assert.Equal(Guid.Empty, key);
    }

    [Fact]
    public void No_text_whatever_makes_it_fall_and_what_it_reads_it_also_writes() => Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text =>
        text is null || !Paging.TryParse(List, text, out var key) || Paging.TryParse(List, Paging.Cursor(List, key), out var again) && again == key).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA A")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA  ")]
    [InlineData("\tAAAAAAAAAAAAAAAAAAAAAA\n")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA\nA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA+/")]
    [InlineData("ÀÀÀÀÀÀÀÀÀÀÀÀÀÀÀÀÀÀÀÀÀÀÀÀ")]
    [InlineData("' or 1=1; drop table --")]
    [InlineData("018f0000-0000-7000-8000-000000000000")]
    public void A_cursor_that_the_api_did_not_give_is_refused(string cursor) => Assert.False(Paging.TryParse(List, cursor, out _));

    [Fact]
    public void A_cursor_that_lacks_a_letter_or_has_another_is_refused()
    {
        var cursor = Paging.Cursor(List, Guid.CreateVersion7());
        Assert.True(Paging.TryParse(List, cursor, out _));
        Assert.All([cursor[..^1], cursor + "A", cursor[..^1] + " ", cursor[..^1] + "\n", cursor[..^1] + "=", cursor[..^1] + "+", "-_" + cursor[2..]], one => Assert.False(Paging.TryParse(List, one, out _)));
    }

    [Fact]
    public void A_very_long_cursor_is_refused() => Assert.False(Paging.TryParse(List, new string('A', 1_000_000), out _));

    private sealed record SomeList;

    private sealed record OtherList;
}
