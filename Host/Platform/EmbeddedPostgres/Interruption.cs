using System.Runtime.InteropServices;

namespace MilleCafes.Host.Platform.EmbeddedPostgres;

/// <summary>Turns Ctrl-C into a cancellation while there is no application yet to hear it.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source;
    private readonly PosixSignalRegistration[] registrations;

    public Interruption(CancellationToken cancellationToken)
    {
        source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
        registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, Interrupt))];
    }

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        foreach (var registration in registrations)
        {
            registration.Dispose();
        }

        source.Dispose();
    }

    private void Interrupt(PosixSignalContext context)
    {
        context.Cancel = true;
        source.Cancel();
    }
}
