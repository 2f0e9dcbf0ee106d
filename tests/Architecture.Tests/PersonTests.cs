using System.Collections.Immutable;
using MilleCafes.Architecture.Tests.Planted;
using Xunit;

namespace MilleCafes.Architecture.Tests;

public sealed class PersonTests
{
    private const string Here = "MilleCafes.Architecture.Tests.Planted";

    // Documents whose erasure is still to come, each with the reason
    private static readonly ImmutableDictionary<string, string> Later = ImmutableDictionary<string, string>.Empty;

    [Fact]
    public void Documents_that_speak_of_persons_tell_when_they_forget_them() => Rule.Holds(PersonRules.Discover(Product.Types), PersonRules.ToldOf(Product.Code, Later));

    [Fact]
    public void Views_mark_what_their_documents_mark() => Rule.Holds(ShownPersonRules.Discover(Product.Types, ShownPersonRules.Answers(Product.Types)), ShownPersonRules.Unmarked);

    [Fact]
    public void Secrets_of_documents_stay_out_of_the_audit() => Rule.Holds(PersonRules.Documents(Product.Types), PersonRules.Secrets);

    [Fact]
    public void A_list_of_those_still_to_come_names_documents_that_are() =>
        Assert.Empty(Later.Keys.Except(PersonRules.Discover(Product.Types).Select(type => type.FullName!)));

    [Fact]
    public void A_planted_document_that_forgets_in_silence_is_found() => Rule.Finds(
        PersonRules.Discover([typeof(GuestBook), typeof(DoorDocument)]), PersonRules.ToldOf(Product.Code, Later),
        $"{Here}.GuestBook says something of a person, and nothing in its module publishes PersonalDataErased.");

    [Fact]
    public void Planted_views_that_show_a_person_to_anybody_are_found() => Rule.Finds(
        ShownPersonRules.Discover([typeof(GuestBook)], [typeof(GuestBookView), typeof(GuestView), typeof(GuestsOfToday)]), ShownPersonRules.Unmarked,
        $"{Here}.GuestView.Name shows what GuestBook marks [PersonalData], and is not marked.",
        $"{Here}.GuestsOfToday.Dedication shows what GuestBook marks [PersonalData], and is not marked.");

    [Fact]
    public void A_planted_secret_is_found() => Rule.Finds(
        PersonRules.Documents([typeof(GuestBook)]), PersonRules.Secrets,
        $"{Here}.GuestBook keeps Guest.WifiPassword and does not mark it [Unaudited].");
}
