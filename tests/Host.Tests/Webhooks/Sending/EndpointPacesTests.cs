using MilleCafes.Host.Webhooks.Sending;
using Xunit;

namespace MilleCafes.Host.Tests.Webhooks.Sending;

public sealed class EndpointPacesTests
{
    private const string Url = "https://partenaire.example/webhooks";

    private readonly TestClock clock = new();
    private readonly EndpointPaces paces;

    public EndpointPacesTests() => paces = new(clock);

    [Fact]
    public void An_endpoint_begins_with_one_at_a_time_and_earns_up_to_sixteen_by_answering()
    {
        Assert.Equal(1, Fill(Url));

        for (var count = 0; count < 40; count++)
        {
            Answer(Url);
        }

        Assert.Equal(EndpointPaces.PerEndpoint, Fill(Url));
    }

    [Fact]
    public void One_that_keeps_an_attempt_waiting_gets_no_other_meanwhile()
    {
        Answer(Url);
        var turn = Enter(Url);
        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Null(Enter(Url));

        paces.Leave(turn!, EndpointSign.Answered, null);
        Assert.NotNull(Enter(Url));
    }

    [Fact]
    public void One_that_was_silent_starts_again_with_one_and_is_left_in_peace_for_longer_each_time()
    {
        Answer(Url);
        Answer(Url);
        double[] pauses = [.. Enumerable.Range(0, 8).Select(_ => Pause())];

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], pauses);
        Assert.Equal(1, Fill(Url));

        double Pause()
        {
            paces.Leave(Enter(Url)!, EndpointSign.Silent, null);
            var quiet = paces.QuietOf(Url);
            Assert.Null(Enter(Url));
            clock.Advance(quiet);
            return quiet.TotalSeconds;
        }
    }

    [Theory]
    [InlineData(600, 600)]
    [InlineData(1_000_000, 86_400)]
    public void One_that_asks_for_less_gets_half_and_the_pause_it_asks_for(int retryAfter, int quiet)
    {
        for (var count = 0; count < 7; count++)
        {
            Answer(Url);
        }

        paces.Leave(Enter(Url)!, EndpointSign.Overloaded, TimeSpan.FromSeconds(retryAfter));

        Assert.Equal(quiet, paces.QuietOf(Url).TotalSeconds);
        Assert.Null(Enter(Url));
        clock.Advance(TimeSpan.FromSeconds(quiet));
        Assert.Equal(4, Fill(Url));
    }

    [Fact]
    public void A_ping_is_tried_whatever_was_before_and_an_answer_ends_the_pause()
    {
        paces.Leave(Enter(Url)!, EndpointSign.Overloaded, TimeSpan.FromHours(5));
        Assert.Null(Enter(Url));

        var ping = paces.TryEnter(Url, "key", regardless: true);
        paces.Leave(ping!, EndpointSign.Answered, null);

        Assert.NotNull(Enter(Url));
    }

    [Fact]
    public void A_key_whose_endpoints_all_hang_has_a_share_of_what_is_for_the_untried_and_delays_none_that_answer()
    {
        Answer("https://mine.example/", "key");

        Assert.Equal(EndpointPaces.UntriedPerParty, Enumerable.Range(0, 100).Count(number => Enter($"https://hangs{number}.example/", "key") is not null));
        Assert.NotNull(Enter("https://mine.example/", "key"));
        Assert.NotNull(Enter("https://autre.example/", "other key"));
    }

    [Fact]
    public void So_has_a_host_whatever_its_paths_and_the_keys()
    {
        Assert.Equal(EndpointPaces.UntriedPerParty, Enumerable.Range(0, 100).Count(number => Enter($"https://hangs.example/{number}", $"key {number}") is not null));
        Assert.Null(Enter("https://HANGS.example:443/other", "key"));
        Assert.NotNull(Enter("https://hangs.example:8443/", "key"));
    }

    [Fact]
    public void All_that_hang_together_have_half_of_the_workers()
    {
        Answer(Url, "healthy");

        Assert.Equal(EndpointPaces.Workers / 2, Enumerable.Range(0, 1_000).Count(number => Enter($"https://hangs{number}.example/", $"key {number % 20}") is not null));
        Assert.NotNull(Enter(Url, "healthy"));
    }

    [Fact]
    public void An_answer_that_came_late_halves_what_was_earned_and_counts_as_none()
    {
        for (var count = 0; count < 7; count++)
        {
            Answer(Url);
        }

        AnswerLate(Url);
        var turn = Enter(Url);

        Assert.True(turn!.Untried);
        paces.Leave(turn, EndpointSign.None, null);
        Assert.Equal(4, Fill(Url));
        Answer(Url);
        Assert.False(Enter(Url)!.Untried);
    }

    [Fact]
    public void One_that_asks_for_less_after_long_counts_as_untried_too()
    {
        Answer(Url);
        var turn = Enter(Url);
        clock.Advance(TimeSpan.FromSeconds(14));
        paces.Leave(turn!, EndpointSign.Overloaded, null);
        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.True(Enter(Url)!.Untried);
    }

    [Fact]
    public void All_that_answer_late_together_have_half_of_the_workers_and_healthy_ones_the_rest()
    {
        string[] slow = [.. Enumerable.Range(0, 200).Select(number => $"https://slow{number}.example/")];
        for (var round = 0; round < EndpointPaces.PerEndpoint; round++)
        {
            foreach (var url in slow)
            {
                AnswerLate(url, $"key {url.Length}{url[12]}");
            }
        }

        Answer(Url, "healthy");
        var taken = slow.SelectMany(url => Enumerable.Range(0, EndpointPaces.PerEndpoint).Select(_ => Enter(url, $"key {url.Length}{url[12]}"))).OfType<Turn>().ToList();

        Assert.All(taken, turn => Assert.True(turn.Untried));
        Assert.InRange(taken.Count, 1, EndpointPaces.Workers / 2);
        Assert.Equal(2, Fill(Url, "healthy"));
    }

    [Fact]
    public void What_ends_makes_room_and_what_is_refused_takes_none()
    {
        var turn = Enter(Url);
        Assert.Null(Enter(Url));

        paces.Leave(turn!, EndpointSign.None, null);

        Assert.NotNull(Enter(Url));
        Assert.Null(Enter(Url));
    }

    private Turn? Enter(string url, string owner = "key") => paces.TryEnter(url, owner);

    private void Answer(string url, string owner = "key") => paces.Leave(Enter(url, owner)!, EndpointSign.Answered, null);

    private void AnswerLate(string url, string owner = "key")
    {
        var turn = Enter(url, owner);
        clock.Advance(TimeSpan.FromSeconds(14));
        paces.Leave(turn!, EndpointSign.Answered, null);
    }

    private int Fill(string url, string owner = "key")
    {
        var turns = Enumerable.Range(0, 100).Select(_ => Enter(url, owner)).OfType<Turn>().ToList();
        turns.ForEach(turn => paces.Leave(turn, EndpointSign.None, null));
        return turns.Count;
    }
}
