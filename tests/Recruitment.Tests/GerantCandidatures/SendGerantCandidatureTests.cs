using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.Tests.CommuneCandidatures;
using MilleCafes.Shared.Communes;
using Xunit;

namespace MilleCafes.Recruitment.Tests.GerantCandidatures;

public sealed class SendGerantCandidatureTests
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private static readonly Dictionary<string, (DateTimeOffset? GivenAt, string[] Faults)> Consents = new()
    {
        ["none"] = (null, ["/consent/givenAt not_null"]),
        ["now"] = (Now, []),
        ["still to come"] = (Now.AddDays(1), ["/consent/givenAt in_the_future"]),
        ["written down late"] = (Now.AddYears(-5).AddDays(1), []),
        ["older than any that is kept"] = (Now.AddYears(-5).AddDays(-1), ["/consent/givenAt in_the_past"]),
        ["no instant at all"] = (DateTimeOffset.MinValue, ["/consent/givenAt in_the_past"]),
    };

    public static TheoryData<string> Instants => [.. Consents.Keys];

    [Theory]
    [MemberData(nameof(Instants))]
    public async Task A_consent_was_given_at_an_instant_that_can_be_told_to_the_candidate(string instant)
    {
        var request = new SendGerantCandidature(
            new(ApplicantForm.Person, "Camille Exemple", "camille@example.org", "12268", Motivation: "Faire vivre mon village."), new("CGU, article 4", Consents[instant].GivenAt));

        Assert.Equal(Consents[instant].Faults, await new SendGerantCandidatureValidator(CommuneRegistry.Official, TimeProvider.System).FaultsAsync<SendGerantCandidature, GerantCandidatureView>(request));
    }
}
