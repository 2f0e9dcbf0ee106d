using MilleCafes.Architecture.Tests.Planted;
using Xunit;

namespace MilleCafes.Architecture.Tests;

public sealed class ContractTests
{
    private static readonly IReadOnlyList<Type> Found = [.. Product.Contracts.SelectMany(Product.Written)];

    [Fact]
    public void Every_module_has_contracts() => Assert.Equal(
        Repository.Modules.Select(module => $"MilleCafes.{module.Name}.Contracts"), Product.Contracts.Select(assembly => assembly.GetName().Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Messages_are_facts_made_of_primitives() => Rule.Holds(Found, ContractRules.Messages);

    [Fact]
    public void A_message_has_a_name_of_its_own_in_the_namespace_of_its_project() => Rule.Holds(Found, ContractRules.Names);

    [Fact]
    public void Planted_messages_that_are_no_facts_are_found() => Rule.Finds(
        [
            typeof(GerantSelected), typeof(LetterSent), typeof(SelectGerant), typeof(OfferOpened), typeof(OfferClosed), typeof(ProjectStarted), typeof(ProjectStopped),
            typeof(ProjectHidden),
        ],
        ContractRules.Messages,
        "MilleCafes.Architecture.Tests.Planted.OfferClosed has Id, which can be changed.",
        "MilleCafes.Architecture.Tests.Planted.OfferOpened has Link, which is no primitive.",
        "MilleCafes.Architecture.Tests.Planted.OfferOpened has Rest, which is no primitive.",
        "MilleCafes.Architecture.Tests.Planted.ProjectHidden is not a public sealed record.",
        "MilleCafes.Architecture.Tests.Planted.ProjectStarted is not a public sealed record.",
        "MilleCafes.Architecture.Tests.Planted.ProjectStopped is not a public sealed record.",
        "MilleCafes.Architecture.Tests.Planted.SelectGerant is not named in the past tense.");

    [Fact]
    public void A_planted_name_that_two_messages_share_or_that_is_out_of_place_is_found() => Rule.Finds(
        [typeof(GerantSelected), typeof(GerantSelected)],
        ContractRules.Names,
        "MilleCafes.Architecture.Tests.Planted.GerantSelected is not in the namespace MilleCafes.Architecture.Tests.",
        "MilleCafes.Architecture.Tests.Planted.GerantSelected is not in the namespace MilleCafes.Architecture.Tests.",
        "MilleCafes.Architecture.Tests.Planted.GerantSelected is the name of 2 messages.");
}
