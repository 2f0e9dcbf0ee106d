using System.Diagnostics;
using System.Net;
using System.Text.Json;
using MilleCafes.Host.Tests.Webhooks.Deliveries;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.Webhooks;

/// <summary>The published libraries, unmodified, take what really arrives and refuse what was touched on the way.</summary>
[Collection<DeliveryTestsAlone>]
public sealed class VerificationTests(MilleCafesHost host)
{
    private static readonly string[] Everything = ["*"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_published_libraries_verify_every_delivery_during_a_rotation_too()
    {
        await using var partner = await Partner.OfAsync(host);
        await using var receiver = await WebhookReceiver.AnsweringAsync(200);
        var (id, first) = await partner.SubscribeAsync(receiver.Address, "*");
        await partner.AcceptCommuneAsync();
        ReceivedWebhook[] before = [await receiver.NextAsync(Token), await receiver.NextAsync(Token)];
        var second = (await partner.ActAsync(id, "secret-rotation")).GetProperty("secret").GetString()!;
        await partner.ActAsync(id, "test", null, HttpStatusCode.Created);
        var during = await receiver.NextAsync(Token);

        var touched = during with { Body = during.Body.Replace("webhooks.ping", "webhooks.pong", StringComparison.Ordinal) };
        Check[] good = [.. before.Select(news => new Check(first, news)), new(first, during), new(second, during)];
        Check[] bad = [.. before.Select(news => new Check(second, news)), new(second, touched)];
        foreach (var library in new[] { "standardwebhooks", "svix" })
        {
            Assert.All(await VerifyAsync(library, good), said => Assert.Equal("verified", said));
            Assert.All(await VerifyAsync(library, bad), said => Assert.Equal("refused: No matching signature found", said));
        }
    }

    [Fact]
    public async Task The_public_key_of_a_subscription_verifies_its_deliveries_and_no_others()
    {
        await using var partner = await Partner.OfAsync(host);
        await using var receiver = await WebhookReceiver.AnsweringAsync(200);
        var created = await partner.SubscribeAsync(new { url = receiver.Address, eventTypes = Everything, signature = "v1a" });
        var id = created.GetProperty("id").GetGuid();
        var old = created.GetProperty("keys")[0].GetProperty("publicKey").GetString()!;
        await partner.ActAsync(id, "test", null, HttpStatusCode.Created);
        var before = await receiver.NextAsync(Token);
        await partner.ActAsync(id, "secret-rotation");
        await partner.ActAsync(id, "test", null, HttpStatusCode.Created);
        var during = await receiver.NextAsync(Token);

        var current = (await partner.ReadAsync($"/v1/webhooks/subscriptions/{id}")).GetProperty("keys")[0].GetProperty("publicKey").GetString()!;

        Assert.Equal(
            ["verified", "refused: No matching signature found", "verified", "verified", "refused: No matching signature found"],
            await VerifyAsync("ed25519", new(old, before), new(current, before), new(old, during), new(current, during), new(current, during with { Body = during.Body + " " })));
    }

    private sealed record Check(string Key, ReceivedWebhook News);

    private static async Task<string[]> VerifyAsync(string library, params Check[] checks)
    {
        // Beside this assembly's own directory: artifacts/<stack>/obj/<project>/verification
        var folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../obj/Host.Tests/verification"));
        using var node = Process.Start(new ProcessStartInfo("node", ["verify.mjs"]) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        foreach (var (key, news) in checks)
        {
            await node.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new { library, key, headers = news.Headers, body = news.Body }).AsMemory(), Token);
        }

        node.StandardInput.Close();
        var said = await node.StandardOutput.ReadToEndAsync(Token);
        await node.WaitForExitAsync(Token);
        Assert.Equal(0, node.ExitCode);
        return said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
