using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using MilleCafes.Host.Platform;
using MilleCafes.Host.Webhooks;
using Xunit;

namespace MilleCafes.Host.Tests.Webhooks;

public sealed class WebhookSettingsTests
{
    [Theory]
    [InlineData("Webhooks:Timeout", "soon")]
    [InlineData("Webhooks:AllowLoopback", "perhaps")]
    [InlineData("Webhooks:RetryDelays:0", "later")]
    public void A_setting_that_is_none_is_named(string name, string value)
    {
        var refusal = Assert.Throws<InvalidCommandLineException>(() => From(new() { [name] = value }));
        Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_set_is_used()
    {
        var settings = From(new() { ["Webhooks:Timeout"] = "00:00:03", ["Webhooks:RetryDelays:0"] = "00:00:01" });
        Assert.Equal((TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1), false), (settings.Timeout, Assert.Single(settings.RetryDelays), settings.AllowLoopback));
    }

    private static WebhookSettings From(Dictionary<string, string?> values) => WebhookSettings.From(
        new ConfigurationBuilder().AddInMemoryCollection(values).Build(), new HostingEnvironment { EnvironmentName = "Production" });
}
