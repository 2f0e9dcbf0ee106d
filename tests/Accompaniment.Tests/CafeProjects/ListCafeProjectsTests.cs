using MilleCafes.Accompaniment.CafeProjects;
using MilleCafes.Shared;
using MilleCafes.Shared.Communes;
using Xunit;

namespace MilleCafes.Accompaniment.Tests.CafeProjects;

public sealed class ListCafeProjectsTests
{
    [Theory]
    [InlineData(0, null, "/limit inclusive_between")]
    [InlineData(-1, null, "/limit inclusive_between")]
    [InlineData(201, null, "/limit inclusive_between")]
    [InlineData(null, "", "/after bad_cursor")]
    [InlineData(null, "not a cursor", "/after bad_cursor")]
    public async Task A_faulty_parameter_is_named(int? limit, string? after, string fault) => Assert.Equal([fault], await FaultsAsync(new(null, null, limit, after)));

    [Theory]
    [InlineData(null, null)]
    [InlineData("12268", 1)]
    [InlineData("12268", 200)]
    public async Task Every_parameter_may_be_left_out(string? inseeCode, int? limit) => Assert.Empty(await FaultsAsync(new(inseeCode, null, limit, null)));

    private static async Task<IReadOnlyList<string>> FaultsAsync(ListCafeProjects query)
    {
        var behavior = new ValidationBehavior<ListCafeProjects, Result<Page<CafeProjectView>>>([new ListCafeProjectsValidator(CommuneRegistry.Official)]);
        var answer = await behavior.Handle(query, () => Task.FromResult<Result<Page<CafeProjectView>>>(new Page<CafeProjectView>([], null)), CancellationToken.None);
        return answer.IsRefused(out var error) ? [.. error.Fields.Select(field => $"{field.Pointer} {field.Code}")] : [];
    }
}
