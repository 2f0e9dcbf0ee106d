using System.Text;
using MilleCafes.Testing;
using MilleCafes.Tour;

namespace MilleCafes.Scenarios.Tests;

/// <summary>The tour of the 2023 openings, as anyone can run it.</summary>
public sealed class TourTests(MilleCafesHost host)
{
    [Fact]
    public async Task The_26_openings_of_2023_are_played_and_Bouloges_is_reported()
    {
        var token = TestContext.Current.CancellationToken;
        var openings = Openings.Read(Openings.DefaultFile);
        using var output = new StringWriter();
        var report = new Report(output, new Words(english: true));
        using var partner = new Partner(host.Anonymous.BaseAddress!, host.AdministratorKey, "en");
        await using var receiver = await Receiver.StartAsync(TimeProvider.System, token);

        var outcomes = await TourCommand.PlayAsync(partner, receiver, openings, report.Line, TimeProvider.System, token);
        report.Summary(Totals.Of(outcomes, receiver.Refused), outcomes, TimeSpan.FromSeconds(1));
        TestContext.Current.TestOutputHelper?.WriteLine(output.ToString());

        Assert.Equal(new Totals(Accepted: 25, Reported: 1, Others: 0, Projects: 25, Webhooks: 50, Refused: 0), Totals.Of(outcomes, receiver.Refused));
        Assert.True(Totals.Of(outcomes, receiver.Refused).Complete);
        Assert.Contains("25 accepted, 1 reported, 25 projects, 50 webhooks verified (0 refused)", output.ToString(), StringComparison.Ordinal);
        var reported = Assert.Single(outcomes, outcome => outcome.Kind == OutcomeKind.Reported);
        Assert.Equal("Bouloges", reported.Opening.Commune);
        Assert.Equal("Boulages", reported.Closest[0].Name);
        Assert.All(reported.Closest, close => Assert.Equal("10", close.Departement));
        Assert.All(outcomes.Where(outcome => outcome.Kind == OutcomeKind.Accepted), outcome =>
        {
            Assert.Equal("accepted", outcome.Candidature!.Status);
            Assert.Equal("definition", Assert.Single(outcome.Projects).Phase);
        });

        var accepted = outcomes.Select(outcome => outcome.Candidature?.Id).OfType<Guid>().ToHashSet();
        Assert.Equal(
            "03:2 08:2 09:1 10:1 11:1 12:1 15:1 22:1 28:1 35:1 38:1 42:1 43:1 52:1 53:1 55:1 72:3 81:1 87:1 88:1 89:1",
            await CountsAsync("departement", openings.Select(opening => opening.Departement).Distinct().Order(StringComparer.Ordinal), accepted));
        Assert.Equal("northEast:6 northWest:2 centreWest:6 southWest:4 southEast:7", await CountsAsync("antenne", ["northEast", "northWest", "centreWest", "southWest", "southEast"], accepted));

        // A second tour says what it finds, and adds nothing
        var again = await TourCommand.PlayAsync(partner, receiver, openings, report.Line, TimeProvider.System, token);
        Assert.Equal(new Totals(Accepted: 0, Reported: 1, Others: 25, Projects: 0, Webhooks: 0, Refused: 0), Totals.Of(again, receiver.Refused));
        Assert.All(again.Where(outcome => outcome.Kind == OutcomeKind.AlreadyOpened), outcome => Assert.Single(outcome.Projects));
    }

    [Fact]
    public async Task A_commune_that_has_applied_already_is_told_and_not_a_fault()
    {
        var token = TestContext.Current.CancellationToken;
        var code = host.NextInseeCode();
        await host.Administrator.SubmittedAsync(Letters.Letter(code));
        using var partner = new Partner(host.Anonymous.BaseAddress!, host.AdministratorKey, "fr");
        await using var receiver = await Receiver.StartAsync(TimeProvider.System, token);
        var name = (await host.Administrator.ReadAsync($"/v1/reference/communes/{code}"))["name"].Text();
        var opening = Openings.Read(Openings.DefaultFile)[0] with { Commune = name, Departement = "80" };

        var outcome = Assert.Single(await TourCommand.PlayAsync(partner, receiver, [opening], _ => { }, TimeProvider.System, token));

        Assert.Equal(OutcomeKind.AlreadyOpen, outcome.Kind);
    }

    [Fact]
    public async Task A_wrong_key_ends_the_tour_with_one_line()
    {
        using var output = new StringWriter();
        var options = TourOptions.Parse(["--url", host.Anonymous.BaseAddress!.ToString(), "--key=mck_wrong", "--lang", "en"]);
        var fault = await Assert.ThrowsAsync<TourException>(() => TourCommand.RunAsync(options, output, TimeProvider.System, TestContext.Current.CancellationToken));
        Assert.StartsWith("401 access.key_unknown", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Theory]
    [InlineData("Mézières-Sous-Lavardin", "Mézières-sous-Lavardin", true)]
    [InlineData("Labastide De Levis", "Labastide-de-Lévis", true)]
    [InlineData("Saint-Martin d'Oydes", "Saint-Martin-d'Oydes", true)]
    [InlineData("Bouloges", "Boulages", false)]
    [InlineData("Contrisson", "Contrisson-le-Haut", false)]
    public void Only_the_very_name_is_taken_for_a_commune(string written, string official, bool same) =>
        Assert.Equal(same, Journey.Match(written, [new("00000", official, "00", 1, true)]) is not null);

    [Fact]
    public void The_receiver_verifies_the_published_vector_and_nothing_else()
    {
        const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
        const string Timestamp = "1614265330";
        const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        var body = Encoding.UTF8.GetBytes("""{"test": 2432232314}""");
        var now = DateTimeOffset.FromUnixTimeSeconds(1614265330);

        Assert.True(StandardWebhooks.Verify(Secret, Id, Timestamp, Signature, body, now));
        Assert.True(StandardWebhooks.Verify(Secret, Id, Timestamp, $"v1,AAAA {Signature}", body, now + StandardWebhooks.Tolerance));
        Assert.False(StandardWebhooks.Verify(Secret, Id, Timestamp, Signature, [.. body, (byte)' '], now));
        Assert.False(StandardWebhooks.Verify(Secret, "msg_other", Timestamp, Signature, body, now));
        Assert.False(StandardWebhooks.Verify(Secret, Id, Timestamp, Signature, body, now + StandardWebhooks.Tolerance + TimeSpan.FromSeconds(1)));
        Assert.False(StandardWebhooks.Verify("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", Id, Timestamp, Signature, body, now));
        Assert.False(StandardWebhooks.Verify(Secret, Id, Timestamp, "", body, now));
    }

    /// <summary>How many of these candidatures the list finds by each value of a filter.</summary>
    private async Task<string> CountsAsync(string filter, IEnumerable<string> values, HashSet<Guid> among)
    {
        var counts = new List<string>();
        foreach (var value in values)
        {
            var count = 0;
            for (var after = ""; after is not null;)
            {
                var page = await host.Administrator.ReadAsync($"/v1/recruitment/commune-candidatures?status=accepted&limit=200&{filter}={value}{after}");
                count += page["items"]!.AsArray().Count(item => among.Contains(item!["id"]!.GetValue<Guid>()));
                after = page["next"] is { } next ? $"&after={next.Text()}" : null;
            }

            counts.Add($"{value}:{count}");
        }

        return string.Join(' ', counts);
    }
}
