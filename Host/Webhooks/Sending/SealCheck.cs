using JasperFx;
using MilleCafes.Host.Platform;
using MilleCafes.Shared;

namespace MilleCafes.Host.Webhooks.Sending;

/// <summary>Which key closed the secrets of this database: one for all hosts.</summary>
[Unaudited("The fingerprint of a key, written by the first start.")]
internal sealed record SealMark : Document
{
    public static readonly Guid OnlyId = Guid.Parse("00000000-0000-7000-8000-000000000002");

    public required string Fingerprint { get; init; }
}

/// <summary>Refuses to start with another key than the one that closed the secrets: nothing could be signed.</summary>
internal sealed class SealCheck(IWebhooksStore store, SecretSeal seal) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        try
        {
            if (await session.LoadAsync<SealMark>(SealMark.OnlyId, cancellationToken) is { } mark)
            {
                Compare(mark);
                return;
            }

            session.Insert(new SealMark { Id = SealMark.OnlyId, Fingerprint = seal.Fingerprint });
            await session.SaveChangesAsync(cancellationToken);
        }
        catch (DocumentAlreadyExistsException)
        {
            await using var again = store.QuerySession();
            Compare((await again.LoadAsync<SealMark>(SealMark.OnlyId, cancellationToken))!);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Compare(SealMark mark)
    {
        if (mark.Fingerprint != seal.Fingerprint)
        {
            throw new InvalidCommandLineException(
                "les secrets des webhooks de cette base sont protégés par une autre clé : donnez-la par Webhooks:SecretsKey ou Webhooks:SecretsKeyFile (docs/webhooks.md dit que faire si elle est perdue)",
                "the webhooks' secrets of this database are protected by another key: give it with Webhooks:SecretsKey or Webhooks:SecretsKeyFile (docs/webhooks.md says what to do when it is lost)");
        }
    }
}
