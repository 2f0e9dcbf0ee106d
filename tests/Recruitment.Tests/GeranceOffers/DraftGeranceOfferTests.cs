using MilleCafes.Recruitment.GeranceOffers;
using MilleCafes.Recruitment.Tests.CommuneCandidatures;
using MilleCafes.Shared;
using Xunit;

namespace MilleCafes.Recruitment.Tests.GeranceOffers;

public sealed class DraftGeranceOfferTests
{
    private static readonly DraftGeranceOffer Right = new("12268");

    private static readonly Dictionary<string, (DraftGeranceOffer Offer, string Fault)> Wrong = new()
    {
        ["no commune"] = (Right with { InseeCode = null }, "/inseeCode not_empty"),
        ["a postcode that is none"] = (Right with { InseeCode = "1226" }, "/inseeCode regular_expression"),
        ["a long title"] = (Right with { Title = new('a', 201) }, "/title maximum_length"),
        ["a model that there is not"] = (Right with { Model = (CafeModel)99 }, "/model enum"),
        ["housing, or not"] = (Right with { Housing = new(null) }, "/housing/provided not_null"),
        ["less than nothing"] = (Right with { GuaranteedRemunerationCents = -1 }, "/guaranteedRemunerationCents inclusive_between"),
        ["a slip of the pen"] = (Right with { GuaranteedRemunerationCents = 10_000_001 }, "/guaranteedRemunerationCents inclusive_between"),
        ["a long story"] = (Right with { LookingFor = new('a', 8_001) }, "/lookingFor maximum_length"),
        ["a service that there is not"] = (Right with { ServicesExpected = [(CafeService)99] }, "/servicesExpected/0 enum"),
        ["too many services"] = (Right with { ServicesExpected = new CafeService[51] }, "/servicesExpected too_many"),
    };

    public static TheoryData<string> Faults => [.. Wrong.Keys];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_faulty_member_is_named(string offer) =>
        Assert.Equal([Wrong[offer].Fault], await new DraftGeranceOfferValidator().FaultsAsync<DraftGeranceOffer, GeranceOfferView>(Wrong[offer].Offer));

    [Fact]
    public async Task A_draft_may_leave_all_but_its_commune_out() =>
        Assert.Empty(await new DraftGeranceOfferValidator().FaultsAsync<DraftGeranceOffer, GeranceOfferView>(Right));
}
