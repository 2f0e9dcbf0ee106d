using System.Text.Json;
using System.Text.Json.Nodes;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Explorer.Tests;

/// <summary>What the linters of the trade say of the documents, every rule of their sets being on.</summary>
public sealed class LintTests(MilleCafesHost host)
{
    private readonly Documents documents = new(host);

    [Theory]
    [InlineData(Documents.French)]
    [InlineData(Documents.English)]
    public async Task Spectral_finds_nothing(string name) => Assert.Empty(await SpectralAsync(await documents.ServedAsync(name)));

    [Theory]
    [InlineData(Documents.French)]
    [InlineData(Documents.English)]
    public async Task Redocly_finds_nothing(string name) => Assert.Empty(await RedoclyAsync(await documents.ServedAsync(name)));

    [Fact]
    public async Task A_planted_fault_is_found_by_both()
    {
        var document = await documents.ServedAsync(Documents.French);
        var operation = document["paths"]!["/v1/recruitment/commune-candidatures"]!["get"]!.AsObject();
        operation.Remove("operationId");
        operation["responses"]!["200"]!["content"]!["application/json"]!["schema"]!["$ref"] = "#/components/schemas/Nothing";

        Assert.Contains("operation-operationId", await SpectralAsync(document));
        Assert.Contains("no-unresolved-refs", await RedoclyAsync(document));
    }

    [Fact]
    public void No_rule_is_switched_off()
    {
        Assert.Equal("extends: [\"spectral:oas\"]", File.ReadAllText(Path.Combine(Tool.Folder, "spectral.yaml")).Trim());
        Assert.Equal("extends: [recommended]", File.ReadAllText(Path.Combine(Tool.Folder, "redocly.yaml")).Trim());
    }

    [Fact]
    public async Task A_tool_that_asks_another_machine_is_caught()
    {
        var curious = Path.Combine(Tool.Folder, $"{Guid.CreateVersion7():n}.mjs");
        await File.WriteAllTextAsync(curious, "await fetch('https://example.org/').catch(() => {});", TestContext.Current.CancellationToken);
        try
        {
            await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => Tool.RunAsync(curious));
        }
        finally
        {
            File.Delete(curious);
        }
    }

    /// <summary>The rules that found something, of whatever severity.</summary>
    private static async Task<IReadOnlyList<string>> SpectralAsync(JsonObject document)
    {
        var said = await OfFileAsync(document, file => Tool.RunAsync(
            "node_modules/@stoplight/spectral-cli/dist/index.js", "lint", "--ruleset", "spectral.yaml", "--fail-severity", "hint", "--format", "json", "--quiet", file));
        var findings = JsonElement.Parse(said.Output).EnumerateArray().Select(finding => finding.GetProperty("code").GetString()!).ToList();
        Assert.True(said.Code == (findings.Count == 0 ? 0 : 1), said.Errors);
        return findings;
    }

    private static async Task<IReadOnlyList<string>> RedoclyAsync(JsonObject document)
    {
        var said = await OfFileAsync(document, file => Tool.RunAsync("node_modules/@redocly/cli/bin/cli.js", "lint", "--config", "redocly.yaml", "--format", "json", file));
        Assert.True(said.Output.Contains('{', StringComparison.Ordinal), said.Errors);
        return [.. JsonElement.Parse(said.Output).GetProperty("problems").EnumerateArray().Select(finding => finding.GetProperty("ruleId").GetString()!)];
    }

    private static async Task<Said> OfFileAsync(JsonObject document, Func<string, Task<Said>> lint)
    {
        var file = Path.Combine(Tool.Folder, $"{Guid.CreateVersion7():n}.json");
        await File.WriteAllTextAsync(file, document.ToJsonString(), TestContext.Current.CancellationToken);
        try
        {
            return await lint(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
