using System.Net.Mail;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using MilleCafes.Shared;
using MilleCafes.Shared.Mail;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.Mail;

public sealed class MailerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_arrives_with_its_accents_from_whom_the_settings_say()
    {
        await using var server = new MailServer();

        await Mailer(server, ("User", "cafés"), ("Password", "motdepasse é")).SendAsync("a@partenaire.example", "Suspendu · é", "Réactivez-le.\nMerci", Token);

        var mail = await server.NextAsync(Token);
        Assert.Equal(("MAIL FROM:<reseau@example.org>", "RCPT TO:<a@partenaire.example>"), (mail.From, mail.To));
        Assert.Equal(("cafés", "motdepasse é"), (mail.User, mail.Password));
        Assert.Equal("Réactivez-le.\nMerci", mail.Text.ReplaceLineEndings("\n").TrimEnd());
        Assert.Contains("Auto-Submitted: auto-generated", mail.Content, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Nothing_is_said_in_the_clear_to_a_server_that_does_not_encrypt()
    {
        await using var server = new MailServer();

        await Assert.ThrowsAsync<SmtpException>(() => Mailer(server, ("Security", "startTls"), ("User", "u"), ("Password", "p")).SendAsync("a@partenaire.example", "s", "t", Token));

        Assert.DoesNotContain("AUTH", server.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("partenaire", server.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_that_is_put_off_can_be_sent_again()
    {
        await using var server = new MailServer(refusals: 1);
        var mailer = Mailer(server);

        await Assert.ThrowsAsync<SmtpException>(() => mailer.SendAsync("a@partenaire.example", "s", "t", Token));
        await mailer.SendAsync("a@partenaire.example", "s", "t", Token);

        Assert.Equal("t", (await server.NextAsync(Token)).Text.Trim());
    }

    [Fact]
    public async Task What_a_server_says_of_somebody_s_address_goes_no_further()
    {
        await using var server = new MailServer();

        var fault = await Assert.ThrowsAsync<SmtpException>(() => Mailer(server).SendAsync("unknown.camille@example.org", "s", "t", Token));

        Assert.Equal(SmtpStatusCode.MailboxUnavailable, fault.StatusCode);
        Assert.Contains("RCPT TO:<unknown.camille@example.org>", server.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("camille", $"{fault}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_server_nothing_is_mailed() => await new Mailer(SmtpSettings.Read(Reader())).SendAsync("a@partenaire.example", "s", "t", Token);

    [Theory]
    [InlineData("Port", "mail")]
    [InlineData("Port", "0")]
    [InlineData("From", "")]
    [InlineData("From", "nobody")]
    [InlineData("Security", "ssl")]
    public void A_setting_that_is_none_is_named(string name, string value)
    {
        var reader = Reader(("Host", "127.0.0.1"), ("From", "a@example.org"), (name, value));
        SmtpSettings.Read(reader);
        Assert.StartsWith($"Smtp:{name}", Assert.Single(reader.Faults), StringComparison.Ordinal);
    }

    private static Mailer Mailer(MailServer server, params (string, string)[] others) =>
        new(SmtpSettings.Read(Reader([("Host", "127.0.0.1"), ("Port", $"{server.Port}"), ("From", "reseau@example.org"), ("Security", "none"), .. others])));

    private static SettingsReader Reader(params (string Name, string Value)[] settings) => new(
        new ConfigurationBuilder().AddInMemoryCollection(settings.GroupBy(setting => setting.Name).Select(last => KeyValuePair.Create($"Smtp:{last.Key}", (string?)last.Last().Value))).Build(),
        new HostingEnvironment { EnvironmentName = "Production" });
}
