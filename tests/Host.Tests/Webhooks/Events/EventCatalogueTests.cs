using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MilleCafes.Host.Access.Keys;
using MilleCafes.Host.Webhooks.Events;
using MilleCafes.Host.Webhooks.Reactions;
using MilleCafes.Host.Webhooks.Subscriptions;
using MilleCafes.Recruitment.Contracts;
using Xunit;

namespace MilleCafes.Host.Tests.Webhooks.Events;

public sealed class EventCatalogueTests
{
    [Theory]
    [InlineData("*", "recruitment.commune-candidature.accepted", true)]
    [InlineData("recruitment.*", "recruitment.commune-candidature.accepted", true)]
    [InlineData("recruitment.commune-candidature.*", "recruitment.commune-candidature.accepted", true)]
    [InlineData("recruitment.commune-candidature.accepted", "recruitment.commune-candidature.accepted", true)]
    [InlineData("recruitment.commune-candidature", "recruitment.commune-candidature.accepted", false)]
    [InlineData("recruitment.commune-candidature.accept", "recruitment.commune-candidature.accepted", false)]
    [InlineData("recruit*", "recruitment.commune-candidature.accepted", false)]
    [InlineData("recruitment", "recruitment.commune-candidature.accepted", false)]
    [InlineData("accompaniment.*", "recruitment.commune-candidature.accepted", false)]
    [InlineData("Recruitment.*", "recruitment.commune-candidature.accepted", false)]
    [InlineData("recruitment.*", "recruitment-archive.opened", false)]
    [InlineData("recruitment.*", "recruitment", false)]
    [InlineData("*.accepted", "recruitment.commune-candidature.accepted", false)]
    [InlineData("**", "recruitment.commune-candidature.accepted", false)]
    [InlineData(".*", "recruitment.commune-candidature.accepted", false)]
    [InlineData("", "recruitment.commune-candidature.accepted", false)]
    public void A_subscription_asks_for_a_type_a_family_or_everything(string pattern, string type, bool matches) =>
        Assert.Equal(matches, EventCatalogue.Matches(pattern, type));

    [Theory]
    [InlineData("*", true)]
    [InlineData("accompaniment.*", true)]
    [InlineData("accompaniment.project.opened", true)]
    [InlineData("accompaniment.project.closed", false)]
    [InlineData("cafes.*", false)]
    public void Only_what_can_happen_can_be_asked_for(string pattern, bool known) => Assert.Equal(known, EventCatalogue.Knows(pattern));

    [Fact]
    public void Every_type_has_its_handler_and_every_handler_its_type()
    {
        var handled = typeof(AnnounceToSubscribersHandler).GetMethods().Where(method => method.Name == "Handle").Select(method => method.GetParameters()[0].ParameterType);

        Assert.NotEmpty(EventCatalogue.Types);
        Assert.Equal(EventCatalogue.Types.Where(type => type.Name != EventCatalogue.Ping).Select(type => type.Message.FullName!).Order(), handled.Select(type => type.FullName!).Order());
    }

    [Fact]
    public void The_table_of_the_page_lists_every_type_with_its_members_and_no_other()
    {
        var page = File.ReadAllText(Path.Combine(Root(new DirectoryInfo(AppContext.BaseDirectory)), "docs", "webhooks.md"));
        var rows = page.Split("| Type | When | `data` |")[1].Split("\n\n")[0].Split('\n').Skip(2).Select(row => row.Split(" | "))
            .ToDictionary(cells => cells[0].Trim('|', ' ', '`'), cells => Regex.Replace(cells[2], @" \([^)]*\)", "").Trim('|', ' ').Split(", ").Select(name => name.Trim('`')));

        Assert.Equal(EventCatalogue.Types.Select(type => type.Name).Order(), rows.Keys.Order());
        Assert.All(EventCatalogue.Types, type => Assert.Equal(
            type.Message.GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).Order(), rows[type.Name].Order()));

        static string Root(DirectoryInfo folder) =>
            File.Exists(Path.Combine(folder.FullName, "MilleCafes.sln")) ? folder.FullName : Root(folder.Parent ?? throw new InvalidOperationException("No MilleCafes.sln above the tests."));
    }

    [Fact]
    public void Whoever_is_told_that_a_key_ends_is_led_to_an_address_that_every_key_opens()
    {
        var message = new AccessKeyExpiring(Guid.CreateVersion7(), Guid.CreateVersion7(), "mck_abcdef", Samples.Now.AddDays(7), 7, Samples.Now);

        Assert.Contains("\"link\":\"/v1/access/me\"", WebhookEvent.Of(EventCatalogue.For<AccessKeyExpiring>(), message, Samples.Now).Body.Thin, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_type_starts_with_its_module_and_is_described_in_both_languages() => Assert.All(EventCatalogue.Types, type =>
    {
        Assert.Contains(type.Name.Split('.')[0], type.Message.Namespace!.ToLowerInvariant().Split('.'));
        Assert.NotEmpty(type.French);
        Assert.NotEqual(type.French, type.English);
    });

    [Fact]
    public void A_message_becomes_the_same_event_however_often_it_comes()
    {
        var message = new CommuneCandidatureAccepted(
            Guid.Parse("01874621-5a80-7c3b-9d5e-8f1a2b3c4d5e"), "12268", "Sénergues", "12", new(2023, 4, 3, 9, 0, 0, TimeSpan.Zero));
        var type = EventCatalogue.For<CommuneCandidatureAccepted>();
        var (once, again) = (WebhookEvent.Of(type, message, Samples.Now), WebhookEvent.Of(type, message, Samples.Now));

        Assert.Equal(once, again);
        Assert.Equal(WebhookEvent.IdFor(type, message), once.Id);
        Assert.Equal(
            """{"type":"recruitment.commune-candidature.accepted","timestamp":"2023-04-03T09:00:00Z","data":{"candidatureId":"01874621-5a80-7c3b-9d5e-8f1a2b3c4d5e","inseeCode":"12268","communeName":"Sénergues","departement":"12","acceptedAt":"2023-04-03T09:00:00Z"}}""",
            once.Body.Full);
        Assert.Equal(
            """{"type":"recruitment.commune-candidature.accepted","timestamp":"2023-04-03T09:00:00Z","data":{"candidatureId":"01874621-5a80-7c3b-9d5e-8f1a2b3c4d5e","link":"/v1/recruitment/commune-candidatures/01874621-5a80-7c3b-9d5e-8f1a2b3c4d5e"}}""",
            once.Body.Thin);
        Assert.Equal(("12", "12268"), (once.Place.Departement, once.Place.InseeCode));
        Assert.Equal("msg_" + once.Id.ToString("N"), WebhookEvent.WebhookIdOf(once.Id));
    }

    [Fact]
    public void Instants_end_with_Z_and_choices_are_words()
    {
        var body = WebhookEvent.Of(Sample, new(Guid.Empty, DayOfWeek.Monday, null, new(2023, 4, 3, 11, 0, 0, TimeSpan.FromHours(2))), Samples.Now).Body.Full;

        Assert.Equal(
            """{"type":"sample.chosen","timestamp":"2023-04-03T09:00:00Z","data":{"id":"00000000-0000-0000-0000-000000000000","day":"monday","note":null,"at":"2023-04-03T09:00:00Z"}}""",
            body);
    }

    [Fact]
    public void What_is_said_of_a_person_is_for_those_who_may_read_it_and_never_thin()
    {
        var body = WebhookEvent.Of(Sample with { Personal = ["note"] }, new(Guid.Empty, DayOfWeek.Monday, "Camille Exemple", Samples.Now), Samples.Now).Body;

        Assert.DoesNotContain("Camille", body.For(WebhookFormat.Full, personalData: false), StringComparison.Ordinal);
        Assert.Contains("monday", body.For(WebhookFormat.Full, personalData: false), StringComparison.Ordinal);
        Assert.Contains("Camille", body.For(WebhookFormat.Full, personalData: true), StringComparison.Ordinal);
        Assert.DoesNotContain("Camille", body.For(WebhookFormat.Thin, personalData: true), StringComparison.Ordinal);
    }

    [Fact]
    public void A_body_that_would_be_too_long_is_sent_thin()
    {
        var at = Samples.Now;
        var empty = Encoding.UTF8.GetByteCount(WebhookEvent.Of(Sample, new(Guid.Empty, DayOfWeek.Monday, "", at), at).Body.Full);
        var (longest, longer) = (Body(WebhookBody.MaximumBytes - empty), Body(WebhookBody.MaximumBytes - empty + 1));

        Assert.Equal(WebhookBody.MaximumBytes, Encoding.UTF8.GetByteCount(longest.Full));
        Assert.Equal(longer.Thin, longer.Full);

        WebhookBody Body(int length) => WebhookEvent.Of(Sample, new(Guid.Empty, DayOfWeek.Monday, new('a', length), at), at).Body;
    }

    private static readonly WebhookEventType<Chosen> Sample = new("sample.chosen", "", "", "/v1/samples", message => message.Id, message => message.At);

    private sealed record Chosen(Guid Id, DayOfWeek Day, string? Note, DateTimeOffset At);
}
