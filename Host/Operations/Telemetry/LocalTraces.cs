using System.Diagnostics;

namespace MilleCafes.Host.Operations.Telemetry;

/// <summary>Without a collector: trace ids all the same, from the request through its messages to the webhooks, and a line for each of these.</summary>
internal static class LocalTraces
{
    private static readonly string[] Sources = ["Microsoft.AspNetCore", "Wolverine", WebhookTrace.Name];

    public static IDisposable Start(ILoggerFactory loggers)
    {
        var logger = loggers.CreateLogger("MilleCafes.Webhooks");
        var listener = new ActivityListener
        {
            ShouldListenTo = source => Sources.Contains(source.Name),
            Sample = (ref options) => options.Source.Name == WebhookTrace.Name ? ActivitySamplingResult.AllData : ActivitySamplingResult.PropagationData,
            ActivityStopped = activity =>
            {
                if (activity.Source.Name == WebhookTrace.Name)
                {
                    logger.Tell(WebhookLine.Of(activity));
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
