using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using MilleCafes.Host.Webhooks;
using MilleCafes.Shared;
using Xunit;

namespace MilleCafes.Host.Tests.Webhooks;

public sealed class WebhookSettingsTests
{
    [Theory]
    [InlineData("Webhooks:Timeout", "soon")]
    [InlineData("Webhooks:Timeout", "15")]
    [InlineData("Webhooks:Timeout", "00:00:46")]
    [InlineData("Webhooks:Timeout", "00:02:00")]
    [InlineData("Webhooks:AllowLoopback", "perhaps")]
    [InlineData("Webhooks:RetryDelays:0", "later")]
    [InlineData("Webhooks:RetryDelays", "00:00:05")]
    public void A_setting_that_is_none_is_named(string name, string value)
    {
        var reader = Reader(new() { [name] = value });
        WebhookSettings.Read(reader);
        Assert.StartsWith($"{name} =", Assert.Single(reader.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_set_is_used()
    {
        var settings = WebhookSettings.Read(Reader(new() { ["Webhooks:Timeout"] = "00:00:03", ["Webhooks:RetryDelays:0"] = "00:00:01" }));
        Assert.Equal((TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1), false), (settings.Timeout, Assert.Single(settings.RetryDelays), settings.AllowLoopback));
    }

    private static SettingsReader Reader(Dictionary<string, string?> values) =>
        new(new ConfigurationBuilder().AddInMemoryCollection(values).Build(), new HostingEnvironment { EnvironmentName = "Production" });
}
