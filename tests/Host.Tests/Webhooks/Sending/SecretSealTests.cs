using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using MilleCafes.Host.Platform;
using MilleCafes.Host.Webhooks;
using MilleCafes.Host.Webhooks.Sending;
using MilleCafes.Shared;
using MilleCafes.Testing;
using Npgsql;
using Xunit;

namespace MilleCafes.Host.Tests.Webhooks.Sending;

public sealed class SecretSealTests(MilleCafesHost host)
{
    private static readonly Guid Subscription = Guid.Parse("01874621-5a80-7c3b-9d5e-8f1a2b3c4d5e");
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(number => (byte)number)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void What_a_key_closes_it_opens_for_the_same_subscription_and_no_other_does()
    {
        var closed = Samples.Seal.Close(Secret, Subscription);

        Assert.Equal(Secret, Samples.Seal.Open(closed, Subscription));
        Assert.Null(Samples.Seal.Open(closed, Guid.Empty));
        Assert.Null(new SecretSeal([.. Secret]).Open(closed, Subscription));
        Assert.NotEqual(closed, Samples.Seal.Close(Secret, Subscription));
    }

    [Fact]
    public async Task The_database_holds_no_secret()
    {
        await using var partner = await Partner.OfAsync(host);
        var (id, secret) = await partner.SubscribeAsync("https://partenaire.example/", "*");
        await using var database = NpgsqlDataSource.Create(host.Connection);
        await using var command = database.CreateCommand($"select data::text from webhooks.mt_doc_webhooksubscription where id = '{id}'");

        var stored = (string)(await command.ExecuteScalarAsync(Token))!;

        Assert.DoesNotContain(secret["whsec_".Length..], stored, StringComparison.Ordinal);
        await using var session = host.Host.Services.GetRequiredService<IWebhooksStore>().QuerySession();
        var key = (await session.LoadAsync<Host.Webhooks.Subscriptions.WebhookSubscription>(id, Token))!.Keys[0];
        Assert.Equal(secret, WebhookSignature.SecretText(Samples.Seal.Open(key.Secret, id)!));
    }

    [Fact]
    public void The_first_start_makes_a_file_that_its_owner_alone_reads_and_later_ones_find_it()
    {
        using var directory = new ThrowawayDirectory();
        var path = Path.Combine(directory.Path, "inner", "webhooks.key");

        var (first, second) = (Read(path), Read(path));

        Assert.Equal(first.Fingerprint, second.Fingerprint);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Theory]
    [InlineData("c2hvcnQ=")]
    [InlineData("not base64")]
    public void A_key_that_is_none_is_named_and_never_repeated(string value)
    {
        var reader = new SettingsReader(
            new ConfigurationBuilder().AddInMemoryCollection([new("Webhooks:SecretsKey", value)]).Build(), new HostingEnvironment { EnvironmentName = "Production" });
        WebhookSettings.Read(reader);

        var fault = Assert.Single(reader.Faults);
        Assert.StartsWith("Webhooks:SecretsKey", fault, StringComparison.Ordinal);
        Assert.DoesNotContain(value, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_made_or_holds_no_key_ends_the_start_with_the_setting_s_name()
    {
        using var directory = new ThrowawayDirectory();
        Directory.CreateDirectory(directory.Path);
        var path = Path.Combine(directory.Path, "webhooks.key");
        File.WriteAllText(path, "nothing");

        Assert.All(["/proc/none/webhooks.key", path], bad => Assert.Contains("Webhooks:SecretsKeyFile", Assert.Throws<InvalidCommandLineException>(() => Read(bad)).Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_with_another_key_than_the_database_s_does_not_start()
    {
        var connection = await host.CreateDatabaseAsync();
        await StopAsync(connection, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");

        using var other = HostProcess.Start("--port", "0", "--connection", connection, "--Webhooks:SecretsKey=AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=");

        Assert.Equal(1, await other.ExitAsync(Token));
        Assert.Contains("Webhooks:SecretsKey", other.Errors, StringComparison.Ordinal);

        static async Task StopAsync(string connection, string key)
        {
            using var first = HostProcess.Start("--port", "0", "--connection", connection, $"--Webhooks:SecretsKey={key}");
            await first.AddressAsync(Token);
            await first.SignalAsync("TERM", Token);
            Assert.Equal(0, await first.ExitAsync(Token));
        }
    }

    private static SecretSeal Read(string file) => SealKey.Read(new WebhookSettings { SecretsKeyFile = file });
}
