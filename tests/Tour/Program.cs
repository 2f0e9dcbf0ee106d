using System.Runtime.InteropServices;
using MilleCafes.Tour;

if (args is ["--help" or "-h", ..])
{
    Console.WriteLine(TourOptions.Usage);
    return 0;
}

using var stop = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
try
{
    return await TourCommand.RunAsync(TourOptions.Parse(args), Console.Out, TimeProvider.System, stop.Token);
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 130;
}
catch (Exception exception) when (exception is TourException or HttpRequestException or OperationCanceledException)
{
    await Console.Error.WriteLineAsync($"tour: {(exception as TourException ?? exception.GetBaseException()).Message}");
    return 1;
}

void Stop(PosixSignalContext signal)
{
    // What was started must be stopped first
    signal.Cancel = true;
    stop.Cancel();
}
