using System.Text;
using MilleCafes.Host.Webhooks.Sending;
using Xunit;

namespace MilleCafes.Host.Tests.Webhooks.Sending;

public sealed class WebhookSignatureTests
{
    private static readonly byte[] Body = """{"test": 2432232314}"""u8.ToArray();

    [Fact]
    public void The_published_vector_is_signed_as_published() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSignature.Sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, Body));

    [Fact]
    public void Nothing_signed_can_change_without_the_signature_changing()
    {
        const string secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        string[] signatures =
        [
            WebhookSignature.Sign(secret, "msg_1", 1614265330, Body),
            WebhookSignature.Sign(secret, "msg_2", 1614265330, Body),
            WebhookSignature.Sign(secret, "msg_1", 1614265331, Body),
            WebhookSignature.Sign(secret, "msg_1", 1614265330, Encoding.UTF8.GetBytes("""{"test":2432232314}""")),
            WebhookSignature.Sign(WebhookSignature.NewSecret(), "msg_1", 1614265330, Body),
        ];

        Assert.Distinct(signatures);
    }

    [Fact]
    public void A_new_secret_has_32_bytes_and_is_never_the_same()
    {
        var (one, other) = (WebhookSignature.NewSecret(), WebhookSignature.NewSecret());

        Assert.StartsWith("whsec_", one, StringComparison.Ordinal);
        Assert.Equal(32, Convert.FromBase64String(one["whsec_".Length..]).Length);
        Assert.NotEqual(one, other);
    }

    [Theory]
    [InlineData(24)]
    [InlineData(64)]
    public void Secrets_of_24_to_64_bytes_sign(int bytes) =>
        Assert.StartsWith("v1,", WebhookSignature.Sign($"whsec_{Convert.ToBase64String(new byte[bytes])}", "msg_1", 1, Body), StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(23)]
    [InlineData(65)]
    public void Shorter_and_longer_secrets_do_not(int bytes) =>
        Assert.Throws<ArgumentException>(() => WebhookSignature.Sign($"whsec_{Convert.ToBase64String(new byte[bytes])}", "msg_1", 1, Body));

    [Fact]
    public void A_secret_without_its_mark_does_not_sign() =>
        Assert.Throws<ArgumentException>(() => WebhookSignature.Sign("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_1", 1, Body));
}
