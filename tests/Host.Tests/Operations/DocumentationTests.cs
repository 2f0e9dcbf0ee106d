using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MilleCafes.Host.Operations.Settings;
using MilleCafes.Host.Operations.Telemetry;
using MilleCafes.Shared;
using Xunit;

namespace MilleCafes.Host.Tests.Operations;

/// <summary>docs/operations.md says what is so.</summary>
public sealed partial class DocumentationTests
{
    private static readonly IReadOnlyList<DeclaredSetting> Declared = HostSettings.Declared(new HostingEnvironment { EnvironmentName = "Production" });
    private static readonly DirectoryInfo Root = FindRoot(new DirectoryInfo(AppContext.BaseDirectory));
    private static readonly string Page = File.ReadAllText(Path.Combine(Root.FullName, "docs", "operations.md"));

    private static IEnumerable<string[]> Settings => Rows("Settings").Where(row => row[0].StartsWith('`'));

    [Fact]
    public void The_settings_of_the_page_are_those_that_exist() => Assert.Equal(
        Declared.Select(setting => setting.Key).Order(StringComparer.Ordinal), Settings.SelectMany(row => KeysOf(row[0])).Order(StringComparer.Ordinal));

    [Fact]
    public void The_defaults_of_the_page_are_those_that_hold() => Assert.All(
        Settings.SelectMany(row => KeysOf(row[0]).Select(key => (Key: key, Told: row[1]))),
        told => Assert.StartsWith(Declared.Single(setting => setting.Key == told.Key).Default is { Length: > 0 } usual ? $"`{usual}`" : "", told.Told, StringComparison.Ordinal));

    [Fact]
    public void No_page_names_a_setting_that_does_not_exist()
    {
        var sections = string.Join('|', Declared.Where(setting => setting.Key.Contains(':', StringComparison.Ordinal)).Select(setting => setting.Key.Split(':')[0]).Distinct());
        var pages = Directory.GetFiles(Path.Combine(Root.FullName, "docs"), "*.md").Append(Path.Combine(Root.FullName, "README.md"));
        var named = pages.SelectMany(page => Regex.Matches(File.ReadAllText(page), $@"\b(?:{sections})(?::|__)[A-Za-z]+(?:(?::|__)[A-Za-z]+)*")).Select(match => match.Value.Replace("__", ":", StringComparison.Ordinal)).Distinct().ToList();
        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.True(Declared.Any(setting => setting.Key.StartsWith(name, StringComparison.Ordinal)), name));
    }

    [Fact]
    public void The_members_of_the_page_are_those_that_are_written()
    {
        var rows = Rows("Standard output").Where(row => row[1].StartsWith('`')).ToList();
        var documented = new Dictionary<string, List<string>>();
        var last = "";
        foreach (var row in rows)
        {
            last = row[0].Length > 0 ? row[0].Trim('`') : last;
            documented.TryAdd(last, []);
            documented[last].AddRange(row[1].Split(", ").Select(name => name.Trim('`')));
        }

        var common = documented["each"];
        OutputLine request = new RequestLine("GET", "/", 200, 1, "trace", "holder", "key", 1, true);
        OutputLine webhook = new WebhookLine("msg", "host", 200, "error", 1, "trace");
        using var activity = new Activity("test").Start();
        Assert.Equal(common.Concat(documented["request"]).Order(), MembersOf(request).Order());
        Assert.Equal(common.Concat(documented["webhook"]).Order(), MembersOf(webhook).Order());
        Assert.Equal(common.Concat(documented["log"]).Order(), MembersOf("message").Order());
    }

    private static IEnumerable<string> MembersOf<T>(T state)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        new JsonLineFormatter(TimeProvider.System).Write(
            new LogEntry<T>(LogLevel.Error, "category", default, state, new InvalidOperationException(), (told, _) => $"{told}"), null, text);
        return JsonElement.Parse(text.ToString()).EnumerateObject().Select(member => member.Name);
    }

    // « `Webhooks:RetryDelays:0`, `:1`, … » is a list, « (`--port N`) » an option
    private static IEnumerable<string> KeysOf(string cell) => cell.Split('`').Where((_, index) => index % 2 == 1).Where(key => char.IsAsciiLetterUpper(key[0]))
        .Select(key => key.EndsWith(":0", StringComparison.Ordinal) ? key[..^2] : key);

    private static IEnumerable<string[]> Rows(string heading) => Section(heading).Split('\n').Where(line => line.StartsWith('|'))
        .Select(line => Cells().Split(line).Skip(1).SkipLast(1).Select(cell => cell.Trim()).ToArray());

    private static string Section(string heading) => Regex.Match(Page, $@"^#+ {heading}$(.*?)^#+ ", RegexOptions.Multiline | RegexOptions.Singleline).Groups[1].Value;

    private static DirectoryInfo FindRoot(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "MilleCafes.sln")) ? folder : FindRoot(folder.Parent ?? throw new InvalidOperationException("No MilleCafes.sln above the tests."));

    [GeneratedRegex(@"\|")]
    private static partial Regex Cells();
}
