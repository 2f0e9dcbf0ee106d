using MilleCafes.Tour;

if (args is ["--help" or "-h", ..])
{
    Console.WriteLine(TourOptions.Usage);
    return 0;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // What was started must be stopped first
    pressed.Cancel = true;
    stop.Cancel();
};
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
