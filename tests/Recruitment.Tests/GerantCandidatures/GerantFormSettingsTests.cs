using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;
using Xunit;

namespace MilleCafes.Recruitment.Tests.GerantCandidatures;

public sealed class GerantFormSettingsTests
{
    public GerantFormSettingsTests() => CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("smtp.example.org", null, false)]
    [InlineData("smtp.example.org", "", false)]
    [InlineData("smtp.example.org", "https://example.org/candidature", true)]
    public void Where_mail_goes_out_its_links_have_to_lead_somewhere(string? server, string? address, bool right)
    {
        var given = new Dictionary<string, string?> { ["Smtp:Host"] = server, ["Recruitment:Form:LinkAddress"] = address };
        var reader = new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection(given).Build(), new HostingEnvironment { EnvironmentName = "Production" });
        GerantFormSettings.Read(reader);
        Assert.Equal(right, reader.Faults.Count == 0);
        Assert.All(reader.Faults, fault => Assert.StartsWith("Recruitment:Form:LinkAddress must be set when Smtp:Host is", fault, StringComparison.Ordinal));
    }
}
