using System.Text;
using MilleCafes.Host.Webhooks.Sending;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Xunit;

namespace MilleCafes.Host.Tests.Webhooks.Sending;

public sealed class WebhookSignatureTests
{
    private static readonly byte[] Body = """{"test": 2432232314}"""u8.ToArray();
    private static readonly byte[] Secret = Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    [Fact]
    public void The_published_vector_is_signed_as_published() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSignature.Sign(SignatureScheme.V1, Secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, Body));

    [Theory]
    [InlineData("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")]
    [InlineData("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")]
    public void Public_keys_are_those_of_RFC_8032(string seed, string expected) =>
        Assert.Equal("whpk_" + Convert.ToBase64String(Convert.FromHexString(expected)), WebhookSignature.PublicKeyText(Convert.FromHexString(seed)));

    [Fact]
    public void The_public_key_verifies_what_v1a_signs_and_nothing_else()
    {
        var seed = WebhookSignature.NewSecret();
        var signature = WebhookSignature.Sign(SignatureScheme.V1a, seed, "msg_1", 1614265330, Body);

        Assert.StartsWith("v1a,", signature, StringComparison.Ordinal);
        Assert.True(Verifies("msg_1"));
        Assert.False(Verifies("msg_2"));

        bool Verifies(string id)
        {
            var key = Convert.FromBase64String(WebhookSignature.PublicKeyText(seed)["whpk_".Length..]);
            byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.1614265330."), .. Body];
            var verifier = new Ed25519Signer();
            verifier.Init(forSigning: false, new Ed25519PublicKeyParameters(key, 0));
            verifier.BlockUpdate(signed, 0, signed.Length);
            return verifier.VerifySignature(Convert.FromBase64String(signature["v1a,".Length..]));
        }
    }

    [Theory]
    [InlineData("V1")]
    [InlineData("V1a")]
    public void Nothing_signed_can_change_without_the_signature_changing(string name)
    {
        var scheme = Enum.Parse<SignatureScheme>(name);
        var secret = WebhookSignature.NewSecret();
        string[] signatures =
        [
            WebhookSignature.Sign(scheme, secret, "msg_1", 1614265330, Body),
            WebhookSignature.Sign(scheme, secret, "msg_2", 1614265330, Body),
            WebhookSignature.Sign(scheme, secret, "msg_1", 1614265331, Body),
            WebhookSignature.Sign(scheme, secret, "msg_1", 1614265330, Encoding.UTF8.GetBytes("""{"test":2432232314}""")),
            WebhookSignature.Sign(scheme, WebhookSignature.NewSecret(), "msg_1", 1614265330, Body),
        ];

        Assert.Distinct(signatures);
    }

    [Fact]
    public void A_new_secret_has_32_bytes_and_is_never_the_same()
    {
        var (one, other) = (WebhookSignature.NewSecret(), WebhookSignature.NewSecret());

        Assert.Equal((32, 32), (one.Length, other.Length));
        Assert.NotEqual(one, other);
        Assert.Equal("whsec_" + Convert.ToBase64String(one), WebhookSignature.SecretText(one));
    }
}
