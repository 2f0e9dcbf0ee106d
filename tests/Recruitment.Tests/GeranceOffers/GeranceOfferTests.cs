using System.Text.Json;
using System.Text.Json.Serialization;
using MilleCafes.Recruitment.GeranceOffers;
using MilleCafes.Shared;
using Xunit;

namespace MilleCafes.Recruitment.Tests.GeranceOffers;

/// <summary>Every act on an offer in every state it can be in.</summary>
public sealed class GeranceOfferTests
{
    private static readonly DateTimeOffset Later = OfferExample.Now.AddDays(90);
    private static readonly DateOnly LaterDay = new(2027, 4, 4);

    private static readonly Dictionary<GeranceOfferStatus, Func<GeranceOffer>> States = new()
    {
        [GeranceOfferStatus.Draft] = () => OfferExample.Draft(),
        [GeranceOfferStatus.Published] = () => OfferExample.Published(),
        [GeranceOfferStatus.Unpublished] = () => OfferExample.Published().Unpublish("Travaux", OfferExample.Actor, OfferExample.Now).Value,
        [GeranceOfferStatus.Filled] = () => OfferExample.Published().Fill(null, OfferExample.Actor, OfferExample.Now).Value,
        [GeranceOfferStatus.Expired] = () => OfferExample.Published().Expire(new(2027, 3, 2), OfferExample.Now).Value,
    };

    private static readonly Dictionary<string, Func<GeranceOffer, Result<GeranceOffer>>> Acts = new()
    {
        ["Change"] = offer => offer.Change(OfferExample.Facts with { Title = "Autre titre", ExpiresOn = new(2027, 5, 1) }, LaterDay, "key", Later),
        ["Publish"] = offer => offer.Publish(OfferExample.Today, 60, "key", Later),
        ["Unpublish"] = offer => offer.Unpublish("Motif", "key", Later),
        ["Fill"] = offer => offer.Fill(Guid.CreateVersion7(Later), "key", Later),
        ["Expire"] = offer => offer.Expire(LaterDay, Later),
        ["Reopen"] = offer => offer.Reopen(null, "Motif", LaterDay, 60, "key", Later),
    };

    // One line per state, one column per act: a status that is reached, or the end of the code that refuses
    private static readonly Dictionary<GeranceOfferStatus, string[]> Expected = new()
    {
        [GeranceOfferStatus.Draft] = ["Draft", "Published", "Unpublished", "not_published", "not_published", "not_ended"],
        [GeranceOfferStatus.Published] = ["Published", "already_published", "Unpublished", "Filled", "Expired", "not_ended"],
        [GeranceOfferStatus.Unpublished] = ["Unpublished", "ended", "not_published", "Filled", "not_published", "Published"],
        [GeranceOfferStatus.Filled] = ["already_filled", "ended", "not_published", "already_filled", "not_published", "Published"],
        [GeranceOfferStatus.Expired] = ["Expired", "ended", "not_published", "Filled", "not_published", "Published"],
    };

    public static TheoryData<string, string, string> Table =>
        [.. States.Keys.SelectMany(state => Acts.Keys.Zip(Expected[state], (act, outcome) => new TheoryDataRow<string, string, string>($"{state}", act, outcome)))];

    [Fact]
    public void The_table_has_every_status_and_every_act_of_the_document()
    {
        Assert.Equal(Enum.GetValues<GeranceOfferStatus>(), States.Keys);
        Assert.All(States, state => Assert.Equal(state.Key, state.Value().Status));
        Assert.Equal(
            Acts.Keys.Order(),
            typeof(GeranceOffer).GetMethods().Where(method => method is { IsStatic: false } && method.ReturnType == typeof(Result<GeranceOffer>)).Select(method => method.Name).Order());
        Assert.Equal(States.Count * Acts.Count, Table.Count);
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Every_act_in_every_status_has_one_outcome_and_is_written_down(string state, string act, string outcome)
    {
        var before = States[Enum.Parse<GeranceOfferStatus>(state)]();

        var decision = Acts[act](before);

        if (decision.IsRefused(out var refusal))
        {
            Assert.Equal($"recruitment.gerance_offer_{outcome}", refusal.Code);
            return;
        }

        var after = decision.Value;
        Assert.Equal(outcome, $"{after.Status}");
        Assert.Equal(before.History, after.History.Take(before.History.Count));
        Assert.Equal((before.History.Count + 1, Later, act == "Expire" ? null : "key"), (after.History.Count, after.History[^1].At, after.History[^1].Actor));
        Assert.Equal(after.Status is GeranceOfferStatus.Unpublished or GeranceOfferStatus.Filled or GeranceOfferStatus.Expired, after.EndedAt is not null);
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void An_offer_survives_being_written_and_read_as_json(string state, string act, string outcome)
    {
        var decision = Acts[act](States[Enum.Parse<GeranceOfferStatus>(state)]());
        var offer = decision.IsRefused(out _) ? States[Enum.Parse<GeranceOfferStatus>(state)]() : decision.Value;
        var asStored = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Converters = { new JsonStringEnumConverter() } };

        var read = JsonSerializer.Deserialize<GeranceOffer>(JsonSerializer.Serialize(offer, asStored), asStored)!;

        Assert.NotEmpty(outcome);
        Assert.Equal((offer.Facts, offer.Status, offer.PublishedAt, offer.EndedAt, offer.FilledBy), (read.Facts, read.Status, read.PublishedAt, read.EndedAt, read.FilledBy));
        Assert.Equal(offer.History, read.History);
    }

    [Fact]
    public void A_draft_is_not_published_before_all_is_said_and_what_is_missing_is_told()
    {
        var refused = OfferExample.Draft(OfferFacts.Nothing).Publish(OfferExample.Today, 60, "key", Later).Error!;

        Assert.Equal("recruitment.gerance_offer_incomplete", refused.Code);
        Assert.Equal(["/title", "/model", "/housing", "/guaranteedRemunerationCents", "/startsOn", "/lookingFor"], refused.Fields.Select(field => field.Pointer));
    }

    [Theory]
    [InlineData(CafeModel.Entrepreneurial, false)]
    [InlineData(CafeModel.AssociativeWithEmployee, false)]
    [InlineData(CafeModel.Itinerant, false)]
    [InlineData(CafeModel.AssociativeVolunteer, true)]
    [InlineData(CafeModel.Participatory, true)]
    public void Volunteers_alone_are_promised_no_remuneration(CafeModel model, bool complete) =>
        Assert.Equal(complete, (OfferExample.Facts with { Model = model, GuaranteedRemunerationCents = null }).Missing.IsEmpty);

    [Fact]
    public void A_draft_that_was_laid_aside_waits_for_nobody_is_not_filled_and_comes_back_as_a_draft()
    {
        var aside = OfferExample.Draft().Unpublish("Le café ferme", "key", OfferExample.Now.AddDays(1)).Value;

        Assert.Null(aside.Wait);
        Assert.Equal("recruitment.gerance_offer_not_published", aside.Fill(null, "key", Later).Error!.Code);
        Assert.Equal("recruitment.gerance_offer_ended", aside.Publish(OfferExample.Today, 60, "key", Later).Error!.Code);
        var back = aside.Reopen(new(2027, 5, 1), null, LaterDay, 60, "key", Later).Value;
        Assert.Equal((GeranceOfferStatus.Draft, null, null, new DateOnly(2027, 5, 1)), (back.Status, back.PublishedAt, back.EndedAt, back.Facts.ExpiresOn!.Value));
        Assert.Equal(Later, back.Wait!.Since);
        Assert.Equal(GeranceOfferStatus.Published, back.Publish(LaterDay, 60, "key", Later).Value.Status);
    }

    [Fact]
    public void What_is_published_stays_complete_and_keeps_its_last_day()
    {
        var offer = OfferExample.Published();

        Assert.Equal("recruitment.gerance_offer_incomplete", offer.Change(OfferExample.Facts with { LookingFor = " " }, OfferExample.Today, "key", Later).Error!.Code);
        Assert.Equal("recruitment.gerance_offer_expiry_passed", offer.Change(OfferExample.Facts with { ExpiresOn = new(2027, 1, 3) }, OfferExample.Today, "key", Later).Error!.Code);
        Assert.Same(offer, offer.Change(OfferExample.Facts with { ExpiresOn = null, ServicesExpected = [.. OfferExample.Facts.ServicesExpected] }, OfferExample.Today, "key", Later).Value);
    }

    [Fact]
    public void A_change_is_told_of_an_offer_that_is_published_and_of_no_other()
    {
        var told = States.Keys.Where(state => Acts["Change"](States[state]()) is { Error: null } changed && changed.Value.ToChanged() is not null);

        Assert.Equal([GeranceOfferStatus.Published], told);
        var news = Acts["Change"](OfferExample.Published()).Value.ToChanged()!;
        Assert.Equal(("Autre titre", new DateOnly(2027, 5, 1), Later), (news.Title, news.ExpiresOn, news.ChangedAt));
    }

    [Theory]
    [InlineData(null, "2027-03-05")]
    [InlineData("2027-01-04", "2027-01-04")]
    [InlineData("2027-01-03", null)]
    public void An_offer_is_open_until_its_last_day_or_as_long_as_usual(string? day, string? until)
    {
        var decision = OfferExample.Draft(OfferExample.Facts with { ExpiresOn = day is null ? null : DateOnly.Parse(day, null) }).Publish(OfferExample.Today, 60, "key", Later);

        Assert.Equal(until, decision.IsRefused(out _) ? null : $"{decision.Value.Facts.ExpiresOn:yyyy-MM-dd}");
    }

    [Fact]
    public void An_offer_expires_the_day_after_its_last_day_and_not_before()
    {
        var offer = OfferExample.Published();

        Assert.True(offer.IsOpenOn(new(2027, 3, 1)));
        Assert.True(offer.Expire(new(2027, 3, 1), Later).IsRefused(out _));
        Assert.Equal(GeranceOfferStatus.Expired, offer.Expire(new(2027, 3, 2), Later).Value.Status);
    }

    [Theory]
    [InlineData("2027-03-01T22:59:59Z", "2027-03-01")]
    [InlineData("2027-03-01T23:00:00Z", "2027-03-02")]
    [InlineData("2027-07-01T21:59:59Z", "2027-07-01")]
    [InlineData("2027-07-01T22:00:00Z", "2027-07-02")]
    public void Days_are_those_of_France(string instant, string day)
    {
        Assert.Equal(DateOnly.Parse(day, null), LocalDays.Of(DateTimeOffset.Parse(instant, null)));
        Assert.Equal(DateOnly.Parse(day, null), LocalDays.Of(LocalDays.End(DateOnly.Parse(day, null)).AddSeconds(-1)));
        Assert.Equal(DateOnly.Parse(day, null).AddDays(1), LocalDays.Of(LocalDays.End(DateOnly.Parse(day, null))));
    }
}
