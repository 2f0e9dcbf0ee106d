using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using MilleCafes.Recruitment.PersonalData;
using MilleCafes.Shared;
using Xunit;

namespace MilleCafes.Recruitment.Tests.PersonalData;

public sealed class RetentionSettingsTests
{
    public RetentionSettingsTests() => CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");

    [Fact]
    public void Two_years_three_months_and_a_fortnight_hold_when_nobody_sets_anything()
    {
        var (settings, faults) = Read([]);
        Assert.Equal((new(), 0), (settings, faults.Count));
        Assert.Equal((730, 92, 14), (settings.AfterLastContact.Days, settings.AfterDecline.Days, settings.Notice.Days));
    }

    [Fact]
    public void What_is_set_counts() => Assert.Equal(
        new() { AfterLastContact = TimeSpan.FromDays(365), AfterDecline = TimeSpan.FromDays(60), Notice = TimeSpan.FromDays(30) },
        Read(new() { ["AfterLastContact"] = "365.00:00:00", ["AfterDecline"] = "60.00:00:00", ["Notice"] = "30.00:00:00" }).Settings);

    [Theory]
    [InlineData("AfterLastContact", "00:30:00")]
    [InlineData("AfterLastContact", "4000.00:00:00")]
    [InlineData("AfterLastContact", "731.00:00:00")]
    [InlineData("AfterDecline", "93.00:00:00")]
    [InlineData("AfterDecline", "three months")]
    [InlineData("AfterDecline", "731.00:00:00")]
    [InlineData("Notice", "00:00:00")]
    [InlineData("Notice", "91.00:00:00")]
    public void Spans_that_are_none_or_too_long_are_a_fault_at_start(string name, string value) =>
        Assert.StartsWith($"Recruitment:Retention:{name}", Assert.Single(Read(new() { [name] = value }).Faults), StringComparison.Ordinal);

    private static (RetentionSettings Settings, IReadOnlyList<string> Faults) Read(Dictionary<string, string?> values)
    {
        var configured = values.Select(value => KeyValuePair.Create($"Recruitment:Retention:{value.Key}", value.Value));
        var reader = new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection(configured).Build(), new HostingEnvironment { EnvironmentName = "Production" });
        return (RetentionSettings.Read(reader), reader.Faults);
    }
}
