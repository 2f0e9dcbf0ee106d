using System.Text.Json;
using System.Text.Json.Serialization;
using MilleCafes.Recruitment.CommuneCandidatures;
using MilleCafes.Shared;
using Xunit;

namespace MilleCafes.Recruitment.Tests.CommuneCandidatures;

/// <summary>Every act on a candidature in every state it can be in.</summary>
public sealed class CommuneCandidatureTests
{
    public static TheoryData<string, string, string> Table => [.. CandidatureTable.States.Keys.SelectMany(state => CandidatureTable.Acts.Keys.Select(act => new TheoryDataRow<string, string, string>(
        state, act, CandidatureTable.Otherwise.GetValueOrDefault(state, []).ToDictionary().GetValueOrDefault(act, CandidatureTable.Usual[act]))))];

    [Fact]
    public void The_table_has_every_status_and_every_act_of_the_document()
    {
        Assert.Equal(Enum.GetValues<CommuneCandidatureStatus>().ToHashSet(), CandidatureTable.States.Values.Select(state => state().Status).ToHashSet());
        Assert.Equal(
            CandidatureTable.Acts.Count,
            typeof(CommuneCandidature).GetMethods().Count(method => method is { IsStatic: false } && method.ReturnType == typeof(Result<CommuneCandidature>)));
        Assert.Equal(CandidatureTable.States.Count * CandidatureTable.Acts.Count, Table.Count);
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Every_act_in_every_state_has_one_outcome(string state, string act, string outcome)
    {
        var before = CandidatureTable.States[state]();

        var decision = CandidatureTable.Acts[act](before);

        Assert.Equal(outcome, decision.IsRefused(out var refusal) ? refusal.Code : decision.Value.Status.ToString());
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void What_is_done_is_written_down_with_its_instant_and_its_key_and_what_is_refused_changes_nothing(string state, string act, string outcome)
    {
        var before = CandidatureTable.States[state]();
        var history = before.History;

        var decision = CandidatureTable.Acts[act](before);

        Assert.Same(history, before.History);
        if (outcome.Contains('.', StringComparison.Ordinal))
        {
            Assert.Throws<InvalidOperationException>(() => decision.Value);
            return;
        }

        var after = decision.Value;
        Assert.Equal(history, after.History.Take(history.Count));
        var done = after.History.Skip(history.Count).ToList();
        Assert.Equal((CandidatureTable.Later, "key", CandidatureTable.WithoutReason.Contains(act) ? null : "Motif"), (done[0].At, done[0].Actor, done[0].Reason));
        Assert.Equal(1 + (before.Override is not null && after.Override is null ? 1 : 0), done.Count);
        Assert.Equal((before.Id, before.InseeCode), (after.Id, after.InseeCode));
        Assert.Equal(act == "change facts", before.Facts != after.Facts);
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Only_a_candidature_that_awaits_an_answer_keeps_its_commune_busy(string state, string act, string outcome)
    {
        var decision = CandidatureTable.Acts[act](CandidatureTable.States[state]());
        var after = decision.IsRefused(out _) ? CandidatureTable.States[state]() : decision.Value;

        Assert.NotEmpty(outcome);
        Assert.Equal(after is { Status: CommuneCandidatureStatus.Submitted, DuplicateOf: null } ? "12268" : null, after.OpenInseeCode);
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void A_candidature_survives_being_written_and_read_as_json(string state, string act, string outcome)
    {
        var decision = CandidatureTable.Acts[act](CandidatureTable.States[state]());
        var document = decision.IsRefused(out _) ? CandidatureTable.States[state]() : decision.Value;

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
        Assert.Equal(("SouthWest", "Team", "Yes"), (json.RootElement.GetProperty("antenneKey").GetString(), json.RootElement.GetProperty("waitingFor").GetString(), json.RootElement.GetProperty("eligibleKey").GetString()));
        Assert.Equal(RankedPaging.KeyOf(100, json.RootElement.GetProperty("id").GetGuid()), json.RootElement.GetProperty("rankKey").GetGuid());
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
