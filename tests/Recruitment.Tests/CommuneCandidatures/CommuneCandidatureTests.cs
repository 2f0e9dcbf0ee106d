using System.Text.Json;
using System.Text.Json.Serialization;
using MilleCafes.Recruitment.CommuneCandidatures;
using MilleCafes.Shared;
using Xunit;

namespace MilleCafes.Recruitment.Tests.CommuneCandidatures;

/// <summary>Every act on a candidature in every state it can be in.</summary>
public sealed class CommuneCandidatureTests
{
    private static readonly DateTimeOffset Later = Example.Now.AddDays(12);

    private static readonly Dictionary<string, Func<CommuneCandidature>> States = new()
    {
        ["eligible"] = () => Example.Submitted(),
        ["not eligible"] = Example.NotEligible,
        ["overridden"] = Example.Overridden,
        ["accepted"] = () => Example.Submitted().Accept(Example.Actor, Example.Now).Value,
        ["declined"] = () => Example.Submitted().Decline("Trop tôt.", Example.Actor, Example.Now).Value,
        ["withdrawn"] = () => Example.Submitted().Withdraw(null, Example.Actor, Example.Now).Value,
    };

    private static readonly Dictionary<string, Func<CommuneCandidature, Result<CommuneCandidature>>> Acts = new()
    {
        ["accept"] = candidature => candidature.Accept("key", Later),
        ["decline"] = candidature => candidature.Decline("Motif", "key", Later),
        ["withdraw"] = candidature => candidature.Withdraw("Motif", "key", Later),
        ["override"] = candidature => candidature.OverrideEligibility("Motif", "key", Later),
    };

    // One line per state, one column per act: a status that is reached, or the code that refuses
    private static readonly Dictionary<string, string[]> Expected = new()
    {
        ["eligible"] = ["Accepted", "Declined", "Withdrawn", "recruitment.candidature_already_eligible"],
        ["not eligible"] = ["recruitment.candidature_not_eligible", "Declined", "Withdrawn", "Submitted"],
        ["overridden"] = ["Accepted", "Declined", "Withdrawn", "Submitted"],
        ["accepted"] = [.. Enumerable.Repeat("recruitment.candidature_already_accepted", 4)],
        ["declined"] = [.. Enumerable.Repeat("recruitment.candidature_already_declined", 4)],
        ["withdrawn"] = [.. Enumerable.Repeat("recruitment.candidature_already_withdrawn", 4)],
    };

    public static TheoryData<string, string, string> Table =>
        [.. States.Keys.SelectMany(state => Acts.Keys.Zip(Expected[state], (act, outcome) => new TheoryDataRow<string, string, string>(state, act, outcome)))];

    [Fact]
    public void The_table_has_every_status_and_every_act_of_the_document()
    {
        Assert.Equal(Enum.GetValues<CommuneCandidatureStatus>().ToHashSet(), States.Values.Select(state => state().Status).ToHashSet());
        Assert.Equal(
            Acts.Count,
            typeof(CommuneCandidature).GetMethods().Count(method => method is { IsStatic: false } && method.ReturnType == typeof(Result<CommuneCandidature>)));
        Assert.Equal(States.Count * Acts.Count, Table.Count);
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Every_act_in_every_state_has_one_outcome(string state, string act, string outcome)
    {
        var before = States[state]();

        var decision = Acts[act](before);

        Assert.Equal(outcome, decision.IsRefused(out var refusal) ? refusal.Code : decision.Value.Status.ToString());
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void What_is_done_is_written_down_with_its_instant_and_its_key_and_what_is_refused_changes_nothing(string state, string act, string outcome)
    {
        var before = States[state]();
        var history = before.History;

        var decision = Acts[act](before);

        Assert.Same(history, before.History);
        if (outcome.Contains('.', StringComparison.Ordinal))
        {
            Assert.Throws<InvalidOperationException>(() => decision.Value);
            return;
        }

        var after = decision.Value;
        Assert.Equal(history, after.History.Take(history.Count));
        var last = Assert.Single(after.History.Skip(history.Count));
        Assert.Equal((Later, "key", act == "accept" ? null : "Motif"), (last.At, last.Actor, last.Reason));
        Assert.Equal((before.Id, before.InseeCode, before.Facts), (after.Id, after.InseeCode, after.Facts));
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Only_a_candidature_that_awaits_an_answer_keeps_its_commune_busy(string state, string act, string outcome)
    {
        var decision = Acts[act](States[state]());
        var after = decision.IsRefused(out _) ? States[state]() : decision.Value;

        Assert.NotEmpty(outcome);
        Assert.Equal(after.Status == CommuneCandidatureStatus.Submitted ? "12268" : null, after.OpenInseeCode);
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void A_candidature_survives_being_written_and_read_as_json(string state, string act, string outcome)
    {
        var decision = Acts[act](States[state]());
        var document = decision.IsRefused(out _) ? States[state]() : decision.Value;

        var json = JsonSerializer.Serialize(document, AsStored);
        var read = JsonSerializer.Deserialize<CommuneCandidature>(json, AsStored)!;

        Assert.NotEmpty(outcome);
        Assert.Equal(json, JsonSerializer.Serialize(read, AsStored));
        Assert.Equal(document.History, read.History);
        Assert.Equal((document.Facts, document.Status, document.Override, document.Revision), (read.Facts, read.Status, read.Override, read.Revision));
        Assert.Equal(document.Eligibility.Reasons, read.Eligibility.Reasons);
        Assert.Equal(document.Priority.Parts, read.Priority.Parts);
    }

    [Fact]
    public void What_filters_and_indexes_ask_for_is_in_the_json()
    {
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(Example.Submitted(), AsStored));

        Assert.Equal("12268", json.RootElement.GetProperty("openInseeCode").GetString());
        Assert.Equal("Submitted", json.RootElement.GetProperty("status").GetString());
        Assert.True(json.RootElement.GetProperty("eligibility").GetProperty("eligible").GetBoolean());
        Assert.Equal("12", json.RootElement.GetProperty("departement").GetString());
    }

    // As the document store writes: camelCase, enums as strings
    private static readonly JsonSerializerOptions AsStored = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter() },
    };
}
