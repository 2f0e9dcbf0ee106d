using MilleCafes.Recruitment.Clients;
using MilleCafes.Shared;
using Xunit;

namespace MilleCafes.Recruitment.Tests.Clients;

/// <summary>What Recruitment knows of clients, and when it believes it.</summary>
public sealed class KnownClientTests
{
    private static readonly KnownClient Nothing = new() { Id = Guid.CreateVersion7() };

    [Fact]
    public void The_message_of_the_highest_revision_counts_in_whatever_order_they_come()
    {
        ClientChanged[] messages = [Told(1, true), Told(2, false), Told(3, true), Told(4, false)];
        foreach (var order in new[] { messages, [.. messages.Reverse()], [messages[3], messages[0], messages[2], messages[1]] })
        {
            var known = order.Aggregate(Nothing, (client, message) => client.After(message) ?? client);
            Assert.Equal((4, false, HolderKind.Staff), (known.ClientRevision, known.Enabled, known.Kind));
        }
    }

    [Fact]
    public void The_same_message_once_more_changes_nothing() => Assert.Null(Nothing.After(Told(2, true))!.After(Told(2, true)));

    [Fact]
    public void The_name_of_a_partner_that_was_not_told_before_is_taken_from_the_same_state()
    {
        var known = Nothing.After(Told(2, true))!.After(Told(2, true) with { Organisation = "Emplois ruraux" })!;

        Assert.Equal(("Emplois ruraux", 2), (known.Organisation, known.ClientRevision));
        Assert.Null(known.After(Told(2, true) with { Organisation = "Emplois ruraux" }));
        Assert.Null(known.After(Told(1, true) with { Organisation = "Autre" }));
    }

    [Theory]
    [InlineData(HolderKind.Partner, true, null)]
    [InlineData(HolderKind.Staff, true, "recruitment.client_of_other_kind")]
    [InlineData(HolderKind.Partner, false, "recruitment.client_disabled")]
    [InlineData(HolderKind.Staff, false, "recruitment.client_disabled")]
    public void A_client_that_is_disabled_or_of_another_kind_cannot_be_asked(HolderKind kind, bool enabled, string? code) =>
        Assert.Equal(code, KnownClient.WhyNot(Nothing with { Kind = kind, Enabled = enabled }, HolderKind.Partner)?.Code);

    [Fact]
    public void Nor_can_one_that_nobody_told_of() => Assert.Equal(KnownClientErrors.Unknown, KnownClient.WhyNot(null, HolderKind.Staff));

    private static ClientChanged Told(long revision, bool enabled) => new(Nothing.Id, HolderKind.Staff, enabled, revision);
}
