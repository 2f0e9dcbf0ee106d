using MilleCafes.Architecture.Tests.Planted;
using Xunit;

namespace MilleCafes.Architecture.Tests;

public sealed class WireTests(RealApplication application)
{
    private const string Here = "MilleCafes.Architecture.Tests.Planted";

    private IReadOnlyList<Type> Found => WireRules.Discover(application.Documented);

    [Fact]
    public void Wire_names_are_unique_and_never_nested() => Rule.Holds(Found, WireRules.Names);

    [Fact]
    public void Documents_never_leave_as_bodies() => Rule.Holds(Found, WireRules.Documents);

    [Fact]
    public void Every_member_is_described_in_both_languages() => Rule.Holds(Found, WireRules.Descriptions);

    [Fact]
    public void Planted_names_that_would_share_one_schema_are_found() => Rule.Finds(
        WireRules.Discover(PlantedOperations.All), WireRules.Names,
        $"Lock is the name of {Here}.First+Lock and {Here}.Second+Lock.",
        $"{Here}.First+Lock is nested.",
        $"{Here}.Second+Lock is nested.");

    [Fact]
    public void A_planted_document_on_the_wire_is_found() => Rule.Finds(
        [typeof(KnockBody), typeof(DoorDocument)], WireRules.Documents,
        $"{Here}.DoorDocument is a document, and goes over the wire.");

    [Fact]
    public void Planted_members_without_a_description_are_found() => Rule.Finds(
        WireRules.Discover(PlantedOperations.All), WireRules.Descriptions,
        "KnockBody.Silent is not described in both languages.",
        "KnockBody.Wood is not described in both languages.");
}
