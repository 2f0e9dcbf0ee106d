using MilleCafes.Recruitment.Contracts;
using FsCheck;
using FsCheck.Fluent;
using MilleCafes.Recruitment.Immersions;
using MilleCafes.Recruitment.Tests.GerantCandidatures;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;
using Xunit;

namespace MilleCafes.Recruitment.Tests.Immersions;

public sealed class ImmersionTests
{
    private const string Actor = "00000000-0000-7000-8000-000000000001";

    private static readonly DateTimeOffset Now = new(2026, 4, 3, 9, 30, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 4, 3);

    private static readonly Dictionary<string, Func<Immersion, Result<Immersion>>> Acts = new()
    {
        ["cancel"] = one => one.Cancel("Travaux", Actor, Now),
        ["complete"] = one => one.Complete(Actor, Today, Now),
        ["hear host"] = one => one.HearHost("À l'aise", Actor, Today, Now),
        ["hear candidate"] = one => one.HearCandidate("Bel accueil", Actor, Today, Now),
    };

    private static readonly Dictionary<ImmersionStatus, string[]> Allowed = new()
    {
        [ImmersionStatus.Booked] = ["cancel", "complete", "hear host", "hear candidate"],
        [ImmersionStatus.Completed] = ["hear host", "hear candidate"],
        [ImmersionStatus.Cancelled] = [],
    };

    public static TheoryData<string, string> EveryActFromEveryStatus => new(from status in Enum.GetValues<ImmersionStatus>() from act in Acts.Keys select (status.ToString(), act));

    [Theory]
    [MemberData(nameof(EveryActFromEveryStatus))]
    public void Every_act_is_done_where_it_may_be_and_refused_elsewhere(string from, string act)
    {
        var status = Enum.Parse<ImmersionStatus>(from);
        var immersion = status switch
        {
            ImmersionStatus.Completed => Acts["complete"](Booked()).Value,
            ImmersionStatus.Cancelled => Acts["cancel"](Booked()).Value,
            _ => Booked(),
        };

        Assert.Equal(Allowed[status].Contains(act), Acts[act](immersion).Error is null);
    }

    [Fact]
    public void A_host_café_is_told_that_nobody_comes_while_the_days_are_not_over_and_of_nothing_else()
    {
        var (ahead, over) = (Booked(Today.AddDays(1)), Booked(Today.AddDays(-20)));

        Assert.Equal((ahead.Id, ahead.FirstDay, Now), ahead.ToCalledOff(ahead.CallOff(null, Today, Now), Now) is { } told ? (told.ImmersionId, told.FirstDay, told.CancelledAt) : default);
        Assert.NotNull(ahead.ToCalledOff(Acts["cancel"](ahead).Value, Now));
        Assert.Null(over.ToCalledOff(Acts["cancel"](over).Value, Now));
        Assert.Null(Booked().ToCalledOff(Booked().CallOff(null, Today, Now), Now));
        Assert.Null(ahead.ToCalledOff(ahead, Now));
        Assert.Null(Acts["cancel"](ahead).Value.ToCalledOff(Acts["cancel"](ahead).Value, Now));
    }

    [Fact]
    public void A_host_café_is_told_that_somebody_leaves_earlier_than_was_agreed_and_not_that_they_stayed_to_the_end()
    {
        var (staying, toTheEnd) = (Booked() with { LastDay = Today.AddDays(9) }, Booked() with { LastDay = Today });

        var told = staying.NewsOn(staying.CallOff(null, Today, Now), Now);

        Assert.Equal((staying.Id, Today, Now), told is ImmersionShortened cutShort ? (cutShort.ImmersionId, cutShort.LastDay, cutShort.ShortenedAt) : default);
        Assert.NotNull(staying.ToShortened(Acts["complete"](staying).Value, Now));
        Assert.Null(toTheEnd.NewsOn(Acts["complete"](toTheEnd).Value, Now));
        Assert.Null(staying.NewsOn(staying, Now));
    }

    [Fact]
    public void The_name_of_whom_a_café_receives_goes_with_the_candidature_and_is_forgotten()
    {
        var candidature = GerantExample.Received();
        var immersion = Booked().Follow(candidature);

        Assert.Equal(candidature.Applicant.Name, immersion.CandidateName);
        Assert.Null(immersion.Forget().CandidateName);
        Assert.Null(immersion.Follow(candidature.Erase(Now)).CandidateName);
    }

    [Fact]
    public void Nobody_tells_how_it_went_before_it_begins_or_twice()
    {
        var later = Booked(Today.AddDays(1));

        Assert.Same(ImmersionErrors.NotBegun, Acts["hear host"](later).Error);
        Assert.Same(ImmersionErrors.NotBegun, Acts["hear candidate"](later).Error);
        Assert.Same(ImmersionErrors.NotBegun, Acts["complete"](later).Error);
        Assert.Same(ImmersionErrors.AlreadyHeard, Acts["hear host"](Acts["hear host"](Booked()).Value).Error);
        Assert.Same(ImmersionErrors.AlreadyHeard, Acts["hear candidate"](Acts["hear candidate"](Booked()).Value).Error);
    }

    [Fact]
    public void A_candidate_is_held_by_one_immersion_only_while_it_is_not_over()
    {
        Assert.NotNull(Booked().OpenCandidatureId);
        Assert.Null(Acts["cancel"](Booked()).Value.OpenCandidatureId);
        Assert.Null(Acts["complete"](Booked()).Value.OpenCandidatureId);
    }

    [Fact]
    public void One_that_is_merged_holds_the_candidate_who_stays()
    {
        var staying = GerantExample.Received();
        var merged = Booked().Follow(staying);

        Assert.Equal(staying.Id, merged.OpenCandidatureId);
        Assert.NotNull(merged.MergedFrom);
        Assert.Equal((staying.Departement, staying.Antenne), (merged.Departement, merged.Antenne));
        Assert.Equal(merged.MergedFrom, merged.Follow(staying).MergedFrom);
    }

    [Fact]
    public void Whoever_leaves_ends_what_has_begun_and_cancels_what_has_not()
    {
        var (begun, later) = (Booked(), Booked(Today.AddDays(1)));

        Assert.Equal((ImmersionStatus.Completed, Today), (begun.CallOff(null, Today, Now).Status, begun.CallOff(null, Today, Now).LastDay));
        Assert.Equal(ImmersionStatus.Cancelled, later.CallOff(null, Today, Now).Status);
        var over = Acts["complete"](begun).Value;
        Assert.Same(over, over.CallOff(null, Today, Now));
    }

    [Fact]
    public void However_days_are_booked_and_given_back_no_day_has_more_than_the_capacity() =>
        Prop.ForAll(Gen.Choose(0, 279).ListOf().ToArbitrary(), wishes =>
        {
            var cafe = Cafe(capacity: 2);
            foreach (var wish in wishes)
            {
                var (first, length, frees) = (wish % 20, wish / 20 % 7, wish >= 140);
                var from = Today.AddDays(first);
                var fits = Enumerable.Range(0, length + 1).Select(from.AddDays).All(day => cafe.Stays.Count(other => other.Covers(day)) < 2);
                var taken = cafe.Take(new(Guid.CreateVersion7(Now), from, from.AddDays(length)), Today);
                Assert.Equal(fits, taken.Error is null);
                cafe = taken.Error is null ? taken.Value : cafe;
                cafe = frees && cafe.Stays.Count > 0 ? cafe.Free(cafe.Stays[0].ImmersionId) : cafe;
            }

            return Enumerable.Range(0, 30).Select(Today.AddDays).All(day => cafe.Stays.Count(stay => stay.Covers(day)) <= 2);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Another_client_of_a_café_receives_what_is_to_come_and_what_has_still_to_be_told_of()
    {
        var cafe = Cafe(1) with { ClientId = Guid.CreateVersion7(Now) };
        var over = Acts["hear host"](Acts["complete"](Booked()).Value).Value;

        Assert.All([Booked(), Acts["complete"](Booked()).Value], one => Assert.Equal(cafe.ClientId, one.HandOver(cafe).HostClientId));
        Assert.All([over, Acts["cancel"](Booked()).Value, Booked() with { DeletedAt = Now }], one => Assert.Same(one, one.HandOver(cafe)));
    }

    [Fact]
    public void A_host_café_takes_back_nothing_that_it_gave()
    {
        var cafe = Cafe(2);
        cafe = cafe.Take(Stay(), Today).Value.Take(Stay(), Today).Value;

        Assert.Same(HostCafeErrors.Full, cafe.Take(Stay(), Today).Error);
        Assert.Same(HostCafeErrors.CapacityTaken, cafe.With(Facts(1), Today).Error);
        Assert.Same(HostCafeErrors.HasStays, cafe.Close("Travaux", Today, Now).Error);
        Assert.Equal(1, cafe.With(Facts(1), Today.AddDays(9)).Value.CapacityPerDay);
        var closed = cafe.Close("Travaux", Today.AddDays(9), Now).Value;
        Assert.Same(HostCafeErrors.Closed, closed.Take(Stay(), Today).Error);
        Assert.Same(HostCafeErrors.Closed, closed.With(Facts(3), Today).Error);
        Assert.Same(HostCafeErrors.Closed, closed.Close("Encore", Today, Now).Error);
    }

    [Fact]
    public void What_is_forgotten_keeps_no_words_about_the_person()
    {
        var heard = Acts["hear host"](Acts["hear candidate"](Booked()).Value).Value.Forget();

        Assert.Equal((null, null), (heard.HostFeedback, heard.CandidateFeedback));
    }

    private static Stay Stay() => new(Guid.CreateVersion7(Now), Today.AddDays(1), Today.AddDays(3));

    private static HostCafeFacts Facts(int capacity) =>
        new("Le café de Sénergues", new Commune("12268", "Sénergues", "12", "Aveyron", "Occitanie", 423, ["12320"], []), capacity, ["fr"], null);

    private static HostCafe Cafe(int capacity) => HostCafe.Of(Guid.CreateVersion7(Now), Facts(capacity));

    private static Immersion Booked(DateOnly? first = null) =>
        Immersion.Book(Guid.CreateVersion7(Now), Guid.CreateVersion7(Now), "12", Cafe(1), first ?? Today, (first ?? Today).AddDays(2), Actor, Now);
}
