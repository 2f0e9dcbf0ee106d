using Marten;
using MilleCafes.Host.Access.Clients;
using MilleCafes.Host.Access.Keys;
using MilleCafes.Shared.Mail;
using Wolverine.Marten;

namespace MilleCafes.Host.Access.Reactions;

/// <summary>Whoever holds a key that ends soon hears of it, also without a subscription.</summary>
[MartenStore(typeof(IAccessStore))]
public static class MailHolderOnAccessKeyExpiringHandler
{
    public static async Task Handle(AccessKeyExpiring message, IDocumentSession session, Mailer mailer, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<Client>(message.ClientId, cancellationToken) is { DisabledAt: null, DeletedAt: null, Email: { Length: > 0 } address } client)
        {
            await mailer.SendAsync(address, "Mille Cafés : une clé prend fin · a key ends", TextOf(client, message), cancellationToken);
        }
    }

    // The first letters of a key tell it from others; the key itself is known to its holder alone
    private static string TextOf(Client client, AccessKeyExpiring message) => $"""
        Bonjour,

        La clé {message.Prefix}… de « {client.Name} » pour l'API de Mille Cafés prend fin le {message.ExpiresAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC, dans {Days(message, "jour")}.
        Demandez au réseau de la remplacer : l'ancienne et la nouvelle peuvent servir ensemble quelque temps. Ce qu'il en est se lit à l'adresse

          GET /v1/access/me

        —

        Hello,

        The key {message.Prefix}… of “{client.Name}” to the API of Mille Cafés ends on {message.ExpiresAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC, in {Days(message, "day")}.
        Ask the network to replace it: the old one and the new one can be used together for a while. The request above tells how it stands.
        """;

    private static string Days(AccessKeyExpiring message, string word) => $"{message.DaysLeft} {word}{(message.DaysLeft > 1 ? "s" : "")}";
}
