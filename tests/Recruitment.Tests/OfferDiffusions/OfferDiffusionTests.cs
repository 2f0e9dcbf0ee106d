using MilleCafes.Recruitment.OfferDiffusions;
using MilleCafes.Recruitment.Tests.GeranceOffers;
using Xunit;

namespace MilleCafes.Recruitment.Tests.OfferDiffusions;

public sealed class OfferDiffusionTests
{
    private static readonly DateTimeOffset Now = OfferExample.Now;

    [Fact]
    public void An_offer_is_given_then_published_then_withdrawn_and_each_is_written_down()
    {
        var given = Note(null, null);
        var published = given.Publish("https://emplois.example/1", null, "key", Now.AddDays(1)).Value;
        var moved = published.Publish("https://emplois.example/2", null, "key", Now.AddDays(2)).Value;
        var ended = moved.Withdraw(null, "key", Now.AddDays(3)).Value;

        Assert.Equal((null, null, Now), (given.Url, given.PublishedAt, given.GivenAt));
        Assert.Equal(("https://emplois.example/2", Now.AddDays(2), Now.AddDays(3)), (ended.Url, ended.PublishedAt, ended.WithdrawnAt));
        Assert.Equal(["given", "published", "published", "withdrawn"], ended.History.Select(done => done.Act));
        Assert.Equal((true, false), (moved.IsOpen, ended.IsOpen));
    }

    [Fact]
    public void The_history_says_at_which_address_it_was_shown()
    {
        var ended = Note(null, null).Publish("https://emplois.example/1", null, "key", Now).Value.Publish("https://emplois.example/2", null, "key", Now).Value.Withdraw(null, "key", Now).Value;

        Assert.Equal([null, "https://emplois.example/1", "https://emplois.example/2", null], OfferDiffusionView.Of(ended).History.Select(done => done.Url));
    }

    [Fact]
    public void What_ended_is_neither_published_nor_ended_again()
    {
        var ended = Note("https://emplois.example/1", null).Withdraw(null, "key", Now).Value;

        Assert.Equal(OfferDiffusionErrors.AlreadyWithdrawn, ended.Withdraw(null, "key", Now).Error);
        Assert.Equal(OfferDiffusionErrors.AlreadyWithdrawn, ended.Publish("https://emplois.example/2", null, "key", Now).Error);
        Assert.Null(ended.OpenKey);
    }

    [Fact]
    public void It_does_not_end_before_it_began() =>
        Assert.Equal(OfferDiffusionErrors.EndsBeforeItBegins, Note("https://emplois.example/1", Now).Withdraw(Now.AddSeconds(-1), "key", Now).Error);

    [Fact]
    public void A_board_without_a_key_is_the_same_however_its_name_is_written() => Assert.Equal(
        Note(null, null).OpenKey, (Note(null, null) with { OfferId = Note(null, null).OfferId, Partner = new(null, " EMPLOIS ruraux ") }).OpenKey);

    private static readonly MilleCafes.Recruitment.GeranceOffers.GeranceOffer Offer = OfferExample.Published();

    private static OfferDiffusion Note(string? url, DateTimeOffset? at) =>
        OfferDiffusion.Note(Guid.CreateVersion7(Now), Offer, new(null, "Emplois ruraux"), url, at, "key", Now);
}
