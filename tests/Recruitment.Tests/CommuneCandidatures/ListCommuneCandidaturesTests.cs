using MilleCafes.Recruitment.CommuneCandidatures;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;
using Xunit;

namespace MilleCafes.Recruitment.Tests.CommuneCandidatures;

public sealed class ListCommuneCandidaturesTests
{
    private static readonly ListCommuneCandidatures All = new(null, null, null, null, null, null, null);

    private static readonly Dictionary<string, (ListCommuneCandidatures Query, string[] Faults)> Wrong = new()
    {
        ["a page of nothing"] = (All with { Limit = 0 }, ["/limit inclusive_between"]),
        ["a page that is too long"] = (All with { Limit = 201 }, ["/limit inclusive_between"]),
        ["a cursor of its own making"] = (All with { After = "12268" }, ["/after bad_cursor"]),
        ["a cursor of the other order"] = (All with { Sort = CandidatureOrder.Priority, After = Paging.Cursor(typeof(ListCommuneCandidatures), Guid.CreateVersion7()) }, ["/after bad_cursor"]),
        ["an order that there is not"] = (All with { Sort = (CandidatureOrder)9 }, ["/sort enum"]),
        ["an antenne and none"] = (All with { Antenne = Antenne.NorthEast, Unassigned = true }, ["/antenne empty"]),
        ["more points than there are"] = (All with { MinScore = 101 }, ["/minScore inclusive_between"]),
        ["a wait that there is not"] = (All with { WaitingFor = (CandidatureWait)9 }, ["/waitingFor enum"]),
        ["a code without a commune"] = (All with { InseeCode = "12999" }, ["/inseeCode unknown_commune"]),
        ["a code without a département"] = (All with { Departement = "99" }, ["/departement unknown_departement"]),
    };

    public static TheoryData<string> WrongQueries => [.. Wrong.Keys];

    [Theory]
    [MemberData(nameof(WrongQueries))]
    public async Task A_faulty_parameter_is_named(string query) => Assert.Equal(Wrong[query].Faults, await FaultsAsync(Wrong[query].Query));

    [Fact]
    public async Task Every_filter_may_be_left_out() => Assert.Empty(await FaultsAsync(All));

    [Fact]
    public async Task A_page_has_from_1_to_200_items_and_starts_after_a_cursor_that_was_given()
    {
        Assert.Empty(await FaultsAsync(All with { Limit = 1 }));
        Assert.Empty(await FaultsAsync(All with { Limit = 200, After = Paging.Cursor(typeof(ListCommuneCandidatures), Guid.CreateVersion7()) }));
    }

    private static Task<IReadOnlyList<string>> FaultsAsync(ListCommuneCandidatures query) =>
        new ListCommuneCandidaturesValidator(CommuneRegistry.Official).FaultsAsync<ListCommuneCandidatures, Page<CommuneCandidatureView>>(query);
}
