
namespace MilleCafes.Shared.Tests;

public sealed class LocalDaysTests
{
    [Theory]
    [InlineData("2026-07-01T21:59:59Z", "2026-07-01")]
    [InlineData("2026-07-01T22:00:00Z", "2026-07-02")]
    [InlineData("2026-01-01T22:59:59Z", "2026-01-01")]
    [InlineData("2026-01-01T23:00:00Z", "2026-01-02")]
    public void A_day_is_that_of_Paris_in_summer_as_in_winter_and_ends_where_the_next_one_begins(string instant, string day)
    {
        var (at, expected) = (DateTimeOffset.Parse(instant, null), DateOnly.Parse(day, null));

        Assert.Equal(expected, LocalDays.Of(at));
        Assert.True(at < LocalDays.End(expected) && LocalDays.End(expected.AddDays(-1)) <= at);
        Assert.Equal(expected.AddDays(1), LocalDays.Of(LocalDays.End(expected)));
    }

    [Fact]
    public void An_instant_is_told_as_one_reads_it_off_a_clock_in_Paris()
    {
        var at = new DateTimeOffset(2026, 7, 1, 22, 5, 0, TimeSpan.Zero);

        Assert.Equal("jeudi 2 juillet 2026 à 0 h 05 (heure de Paris)", LocalDays.InFrench(at));
        Assert.Equal("Thursday 2 July 2026 at 00:05 (Paris time)", LocalDays.InEnglish(at));
    }

    [Fact]
    public void The_first_of_a_month_is_an_ordinal_in_French_and_one_day_alone_is_told_once()
    {
        var (first, second) = (new DateOnly(2026, 12, 1), new DateOnly(2026, 12, 2));

        Assert.Equal("du mardi 1er décembre 2026 au mercredi 2 décembre 2026", LocalDays.InFrench(first, second));
        Assert.Equal("le mercredi 2 décembre 2026", LocalDays.InFrench(second, second));
        Assert.Equal("from Tuesday 1 December 2026 to Wednesday 2 December 2026", LocalDays.InEnglish(first, second));
        Assert.Equal("on Tuesday 1 December 2026", LocalDays.InEnglish(first, first));
    }
}
