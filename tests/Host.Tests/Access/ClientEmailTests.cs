using System.Net;
using System.Net.Http.Json;
using System.Net.Mail;
using MilleCafes.Testing;
using Xunit;

namespace MilleCafes.Host.Tests.Access;

/// <summary>An address that is taken is one that a mail can be made out to.</summary>
public sealed class ClientEmailTests(MilleCafesHost host)
{
    [Theory]
    [InlineData("contact@partenaire.example", true)]
    [InlineData(null, true)]
    [InlineData("", false)]
    [InlineData("contact", false)]
    [InlineData("Camille <contact@partenaire.example>", false)]
    [InlineData("contact @partenaire.example", false)]
    [InlineData("contact@parte naire.example", false)]
    [InlineData("contact@partenaire..example", false)]
    [InlineData("con(tact@partenaire.example", false)]
    [InlineData("contact@\r\npartenaire.example", false)]
    public async Task An_address_that_no_mail_can_be_made_out_to_is_refused(string? email, bool taken)
    {
        using var answer = await host.Administrator.PostAsJsonAsync(
            "/v1/access/clients", new { name = "Partenaire", kind = "partner", scopes = new[] { "recruitment:read" }, email }, TestContext.Current.CancellationToken);

        Assert.Equal(taken ? HttpStatusCode.Created : HttpStatusCode.BadRequest, answer.StatusCode);
        if (taken && email is not null)
        {
            using var mail = new MailMessage("reseau@example.org", email);
        }
    }
}
