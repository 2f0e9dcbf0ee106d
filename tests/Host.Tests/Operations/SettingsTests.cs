using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using MilleCafes.Host.Operations.Settings;
using MilleCafes.Host.Platform;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.Operations;

public sealed class SettingsTests
{
    private const string Secret = "hunter2";

    public SettingsTests() => CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");

    [Fact]
    public void Every_fault_is_told_at_once() => Assert.Equal(
        [
            "ConnectionStrings:MilleCafes (--connection) and Postgres:DataDirectory (--data) contradict each other: give one or the other",
            "Http:CorsOrigins = “site.example”: it must be an origin such as https://site.example, without a path, or *",
            "Http:Port = “99999”: it must be a number from 0 to 65535",
            "Logging:LogLevel:Default = “Debg”: it must be one of these words: Trace, Debug, Information, Warning, Error, Critical, None",
            "Telemetry:Endpoint = “collector:4317”: it must be an address that starts with http:// or https://",
            "Telemetry:SampleRatio = “1.5”: it must be a number from 0 to 1",
            "URLS: “nowhere” is not an address to listen on, such as http://127.0.0.1:5080",
            "Webhooks:AllowLoopback = “perhaps”: it must be true or false",
            "Webhooks:Timeout = “soon”: it must be a duration from 00:00:00.001 to 00:00:45",
            "Webhooks:Timout: there is no such setting; is it Webhooks:Timeout?",
        ],
        Faults(new()
        {
            ["ConnectionStrings:MilleCafes"] = "Host=localhost",
            ["Postgres:DataDirectory"] = "/srv/data",
            ["Http:Port"] = "99999",
            ["Http:CorsOrigins"] = "https://one.example, site.example",
            ["Http:CorsOrigins:0"] = "https://two.example",
            ["Logging:LogLevel:Default"] = "Debg",
            ["Telemetry:Endpoint"] = "collector:4317",
            ["Telemetry:SampleRatio"] = "1.5",
            ["URLS"] = "http://127.0.0.1:0; nowhere",
            ["Webhooks:AllowLoopback"] = "perhaps",
            ["Webhooks:Timeout"] = "soon",
            ["Webhooks:Timout"] = "00:00:03",
        }));

    [Theory]
    [InlineData("Webhooks:Timout", "Webhooks:Timout: there is no such setting; is it Webhooks:Timeout?")]
    [InlineData("webhooks:retryDelays:first", "Webhooks:retryDelays:first: there is no such setting")]
    [InlineData("Webhooks:Timeout:0", "Webhooks:Timeout:0: there is no such setting; is it Webhooks:Timeout?")]
    [InlineData("Webhook:Timeout", "Webhook: there is no such setting; is it Webhooks?")]
    [InlineData("Telemtry:Endpoint", "Telemtry: there is no such setting; is it Telemetry?")]
    [InlineData("ConnectionStrings:MilleCafé", "ConnectionStrings:MilleCafé: there is no such setting; is it ConnectionStrings:MilleCafes?")]
    [InlineData("Http", "Http: there is no such setting")]
    public void A_typo_is_not_lost_in_silence(string key, string said) => Assert.Equal([said], Faults(new() { [key] = "00:00:03" }));

    [Theory]
    [InlineData("Telemetry:Headers", "Telemetry:Headers does nothing without Telemetry:Endpoint")]
    [InlineData("Telemetry:Protocol", "Telemetry:Protocol does nothing without Telemetry:Endpoint")]
    public void A_setting_that_would_do_nothing_is_refused(string key, string said) =>
        Assert.Equal([said], Faults(new() { [key] = key.EndsWith("Headers", StringComparison.Ordinal) ? "key=value" : "grpc" }));

    [Theory]
    [InlineData("--prot=5081", "--prot: there is no such setting; is it --port?")]
    [InlineData("--Htpp:Port=5081", "Htpp: there is no such setting; is it Http?")]
    [InlineData("--verbose=true", "--verbose: there is no such setting")]
    public void An_option_that_does_not_exist_is_refused(string argument, string said) =>
        Assert.Equal([said], FaultsOf(new ConfigurationBuilder().AddCommandLine([argument], CommandLine.Switches).Build()));

    [Theory]
    [InlineData("-help")]
    [InlineData("foo", "--port", "5081")]
    [InlineData("--port", "5081", "-v")]
    [InlineData("--port=5081", "--data")]
    public void What_the_command_line_would_pass_over_is_refused(params string[] arguments) =>
        Assert.EndsWith("--help lists the options", Assert.Throws<InvalidCommandLineException>(() => CommandLine.RequireWhole(arguments)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_whole_command_line_is_taken() => CommandLine.RequireWhole(["--port", "5081", "--data=/srv", "--Webhooks:Timeout", "-00:00:01"]);

    [Theory]
    [InlineData("ConnectionStrings:MilleCafes", $"Host=db;Pasword={Secret}")]
    [InlineData("Telemetry:Headers", Secret)]
    public void What_may_be_a_password_is_never_repeated(string key, string value) =>
        Assert.DoesNotContain(Secret, Assert.Single(Faults(new() { [key] = value, ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:4317" })), StringComparison.Ordinal);

    [Fact]
    public void A_fault_is_one_line_whatever_the_value_holds()
    {
        var fault = Assert.Single(Faults(new() { ["Webhooks:Timeout"] = "a\nb\r\u001b[31m" + new string('c', 10_000) }));
        Assert.DoesNotContain(fault, char.IsControl);
        Assert.InRange(fault.Length, 1, 300);
    }

    [Fact]
    public void What_stands_in_the_environment_by_chance_is_nobodys_fault() => Assert.Empty(Faults(new()
    {
        ["POSTGRES_PASSWORD"] = Secret,
        ["HTTP_PROXY"] = "http://proxy:3128",
        ["Kestrel:Limits:MaxConcurrentConnections"] = "100",
        ["Somebody:Elses:Key"] = "value",
        ["Logging:LogLevel:Npgsql"] = "Warning",
        ["Http:Port"] = "",
    }));

    [Theory]
    [InlineData("en_GB.UTF-8", "Http:Port = “many”: it must be a number from 0 to 65535", "Webhooks:Timout: there is no such setting; is it Webhooks:Timeout?", "--help lists the options")]
    [InlineData("fr_FR.UTF-8", "Http:Port = « many » : il faut un nombre de 0 à 65535", "Webhooks:Timout : ce réglage n'existe pas ; est-ce Webhooks:Timeout ?", "--help donne les options")]
    public async Task The_start_tells_each_fault_on_a_line_of_its_own_and_starts_nothing(string locale, params string[] said)
    {
        using var directory = new ThrowawayDirectory();
        using var host = HostProcess.StartIn(locale, "--port", "many", "--data", directory.Path, "--Webhooks:Timout=00:00:03");
        Assert.Equal(1, await host.ExitAsync(TestContext.Current.CancellationToken));
        Assert.Equal(said.Select(line => $"mille-cafes: {line}"), host.Errors.Split('\n'));
        Assert.False(Directory.Exists(directory.Path));
    }

    [Theory]
    [InlineData("en_GB.UTF-8", "listens on http://127.0.0.1:N", "--help")]
    [InlineData("fr_FR.UTF-8", "écoute sur http://127.0.0.1:N", "-h")]
    [InlineData("en_GB.UTF-8", "uses a given PostgreSQL", "--port", "many", "--verbose=true", "-h")]
    public async Task Who_asks_for_help_is_told_every_option_with_its_default_and_nothing_is_started(string locale, string said, params string[] arguments)
    {
        using var host = HostProcess.StartIn(locale, arguments);

        Assert.Equal((0, ""), (await host.ExitAsync(TestContext.Current.CancellationToken), host.Errors));
        Assert.Contains(said, host.Output, StringComparison.Ordinal);
        Assert.Contains("docs/operations.md", host.Output, StringComparison.Ordinal);
        Assert.All(CommandLine.Switches.Keys, option => Assert.Contains($"  {option} ", host.Output, StringComparison.Ordinal));
        var lines = host.Output.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(line => line.Length > 0).ToList();
        Assert.All(
            HostSettings.Declared(new HostingEnvironment { EnvironmentName = "Production" }),
            setting => Assert.Contains(lines, line => line[0].TrimEnd(',') == setting.Key + (setting.IsList ? ":0" : "") && string.Join(' ', line).EndsWith(setting.Default, StringComparison.Ordinal)));
    }

    private static IReadOnlyList<string> Faults(Dictionary<string, string?> values) => FaultsOf(new ConfigurationBuilder().AddInMemoryCollection(values).Build());

    private static IReadOnlyList<string> FaultsOf(IConfigurationRoot configuration)
    {
        try
        {
            HostSettings.Check(configuration, new HostingEnvironment { EnvironmentName = "Production" });
            return [];
        }
        catch (InvalidSettingsException exception)
        {
            return [.. exception.Faults.Order(StringComparer.Ordinal)];
        }
    }
}
