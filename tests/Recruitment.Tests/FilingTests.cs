using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.Tests.CommuneCandidatures;
using MilleCafes.Recruitment.Tests.GerantCandidatures;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;
using Xunit;

namespace MilleCafes.Recruitment.Tests;

/// <summary>Which antenne something is filed under, and what is filed where it no longer belongs.</summary>
public sealed class FilingTests
{
    private static readonly Wishes Wished = new([], [], Antenne.NorthEast);

    private static readonly IList<string> Wrong = Filing.Wrong(CommuneRegistry.Official, Antennes.Usual);

    [Fact]
    public void Of_all_places_a_departement_could_be_filed_at_one_is_right()
    {
        foreach (var departement in CommuneRegistry.Official.Departements)
        {
            Assert.Equal(Enum.GetValues<Antenne>().Length, Wrong.Count(place => place.StartsWith($"{departement.Code} ", StringComparison.Ordinal)));
            Assert.DoesNotContain(Filing.Of(departement.Code, Antennes.Usual.Of(departement.Code)), Wrong);
        }

        Assert.Equal(Wrong.Count, Wrong.Distinct().Count());
    }

    [Fact]
    public void A_commune_s_candidature_is_filed_where_its_departement_belongs_until_the_team_chooses()
    {
        var misfiled = Example.Submitted() with { Antenne = Antenne.NorthWest };
        Assert.Contains(misfiled.FiledUnder!, Wrong);

        var filed = misfiled.File(Antennes.Usual);
        Assert.Equal((Antenne.SouthWest, "12 SouthWest"), (filed.Antenne, filed.FiledUnder));
        Assert.DoesNotContain(filed.FiledUnder!, Wrong);
        var chosen = filed.AssignAntenne(Antenne.NorthWest, null, Example.Actor, Example.Now).Value;
        Assert.Null(chosen.FiledUnder);
        Assert.Same(chosen, chosen.File(Antennes.Usual));
    }

    [Fact]
    public void A_gérant_s_candidature_is_filed_where_its_departement_belongs_unless_another_antenne_is_wished_for()
    {
        var misfiled = GerantExample.Received() with { Antenne = Antenne.NorthEast };
        Assert.Contains(misfiled.FiledUnder!, Wrong);
        Assert.Equal((Antenne.SouthWest, "12 SouthWest"), (misfiled.File(Antennes.Usual).Antenne, misfiled.File(Antennes.Usual).FiledUnder));

        var wished = misfiled with { Wishes = Wished };
        Assert.Null(wished.FiledUnder);
        Assert.Same(wished, wished.File(Antennes.Usual));
        Assert.Equal(Antenne.SouthWest, (wished with { OfferId = Guid.CreateVersion7() }).File(Antennes.Usual).Antenne);
        Assert.Equal(Antenne.SouthWest, (misfiled with { Wishes = Wished with { Antenne = null } }).File(Antennes.Usual).Antenne);
    }

    [Fact]
    public void Whether_an_antenne_was_wished_for_is_known_when_the_wishes_are_not()
    {
        var (wished, not) = (GerantExample.Received() with { Wishes = Wished, Antenne = Antenne.NorthEast }, GerantExample.Received() with { Antenne = Antenne.NorthEast });

        Assert.Equal(Antenne.NorthEast, wished.Erase(GerantExample.Now).File(Antennes.Usual).Antenne);
        Assert.Equal(Antenne.NorthEast, wished.EndIn(not, GerantExample.Now).File(Antennes.Usual).Antenne);
        Assert.Equal(Antenne.NorthEast, wished.EndIn(not, GerantExample.Now).Erase(GerantExample.Now).File(Antennes.Usual).Antenne);
        Assert.Equal(Antenne.SouthWest, not.Erase(GerantExample.Now).File(Antennes.Usual).Antenne);
        Assert.Equal(Antenne.SouthWest, not.EndIn(wished, GerantExample.Now).File(Antennes.Usual).Antenne);
        // An earlier version erased it, and kept nothing of this
        Assert.Equal(Antenne.NorthEast, (not.Erase(GerantExample.Now) with { AntenneWished = null }).File(Antennes.Usual).Antenne);
    }
}
