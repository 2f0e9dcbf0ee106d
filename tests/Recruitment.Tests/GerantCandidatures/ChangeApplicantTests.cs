using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;
using Xunit;

namespace MilleCafes.Recruitment.Tests.GerantCandidatures;

/// <summary>What follows when a candidate has something put right.</summary>
public sealed class ChangeApplicantTests
{
    private static readonly DateTimeOffset Later = GerantExample.Now.AddDays(3);

    private static readonly Applicant Moved = GerantExample.Camille with { Email = "Camille.Juste@example.org", Phone = "06 39 98 00 00", InseeCode = "29019", CommuneName = "Brest", Departement = "29" };

    [Fact]
    public void All_that_follows_from_who_applies_and_where_they_live_follows_anew()
    {
        var changed = Change(GerantExample.Received());

        Assert.Equal(("camille.juste@example.org", "+33639980000", "29", "29"), (changed.EmailKey, changed.PhoneKey, changed.Departement, changed.FreeDepartement));
        Assert.Equal(Antennes.Usual.Of("29"), changed.Antenne);
        Assert.Equal((Later, null, null), (changed.LastContactAt, changed.ConfirmBefore, changed.LinkAskedAt));
        Assert.Equal((CandidatureDeed.AddressChanged, GerantExample.Actor, "Au téléphone."), changed.Acts[^1] is var act ? (act.Deed, act.Actor, act.Reason) : default);
        Assert.Equal(GerantExample.Consent, changed.Consent);
    }

    [Fact]
    public void Where_the_café_is_and_the_antenne_that_was_wished_for_stay()
    {
        var offered = Change(GerantExample.Received() with { OfferId = Guid.CreateVersion7(), OfferInseeCode = "12268" });
        var wishing = GerantExample.Received() with { Wishes = new([], [], Antenne.NorthEast), Antenne = Antenne.NorthEast };

        Assert.Equal(("12", Antennes.Usual.Of("12")), (offered.Departement, offered.Antenne));
        Assert.Equal(Antenne.NorthEast, Change(wishing).Antenne);
    }

    [Fact]
    public void Whose_address_was_wrong_and_who_has_not_confirmed_is_asked_anew_for_as_long_as_the_first_time()
    {
        var pending = GerantExample.Received(confirmed: false);

        Assert.Equal((Later.AddDays(7), Later), Change(pending) is var changed ? (changed.ConfirmBefore, changed.LinkAskedAt) : default);
        Assert.NotEqual(pending.PendingKey, Change(pending).PendingKey);
        var same = pending.ChangeApplicant(GerantExample.Camille with { Name = "Camille Juste" }, null, "Au téléphone.", Antennes.Usual, Later.AddDays(7), GerantExample.Actor, Later);
        Assert.Equal((pending.ConfirmBefore, pending.LinkAskedAt), (same.ConfirmBefore, same.LinkAskedAt));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_they_say_anew_of_being_remembered_longer_counts_from_then_on(bool longer)
    {
        var first = GerantExample.Received() with { Consent = GerantExample.Consent with { KeepsLonger = !longer } };
        var changed = Change(first, longer);

        Assert.Equal((longer, Later, GerantExample.Now), (changed.Consent.KeepsLonger, changed.Consent.ChangedAt, changed.Consent.GivenAt));
        Assert.Equal(longer, changed.Absorb(first with { Id = Guid.CreateVersion7() }, CandidatureDeed.Absorbed, null, null, Later).Consent.KeepsLonger);
    }

    private static GerantCandidature Change(GerantCandidature candidature, bool? keepsLonger = null) =>
        candidature.ChangeApplicant(Moved, keepsLonger, "Au téléphone.", Antennes.Usual, Later.AddDays(7), GerantExample.Actor, Later);
}
