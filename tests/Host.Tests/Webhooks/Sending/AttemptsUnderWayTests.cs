using MilleCafes.Host.Webhooks.Sending;
using Xunit;

namespace MilleCafes.Host.Tests.Webhooks.Sending;

public sealed class AttemptsUnderWayTests
{
    private readonly AttemptsUnderWay underWay = new();

    [Fact]
    public void An_endpoint_has_four_whoever_subscribed_it_and_at_whatever_path()
    {
        Assert.All(Enumerable.Range(1, 4), number => Assert.True(Enter($"https://partenaire.example/{number}", $"key {number}")));

        Assert.False(Enter("https://PARTENAIRE.example:443/other", "key 5"));
        Assert.True(Enter("https://partenaire.example:8443/", "key 5"));
        Assert.True(Enter("https://autre.example/", "key 1"));
    }

    [Fact]
    public void A_key_has_sixteen_over_all_its_endpoints()
    {
        Assert.All(Enumerable.Range(1, 16), number => Assert.True(Enter($"https://partenaire{number}.example/", "key")));

        Assert.False(Enter("https://autre.example/", "key"));
        Assert.True(Enter("https://autre.example/", "other key"));
    }

    [Fact]
    public void One_that_ends_makes_room_and_one_refused_takes_none()
    {
        Assert.All(Enumerable.Range(1, 4), _ => Assert.True(Enter("https://partenaire.example/", "key")));
        Assert.False(Enter("https://partenaire.example/", "key"));

        underWay.Leave(Samples.Subscription("https://partenaire.example/", "key"));

        Assert.True(Enter("https://partenaire.example/", "key"));
        Assert.False(Enter("https://partenaire.example/", "key"));
    }

    private bool Enter(string url, string owner) => underWay.TryEnter(Samples.Subscription(url, owner));
}
