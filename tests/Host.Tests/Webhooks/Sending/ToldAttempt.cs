using System.Collections.Concurrent;
using System.Diagnostics;

namespace MilleCafes.Host.Tests.Webhooks.Sending;

/// <summary>What the log and the traces are told of the attempts of one test.</summary>
internal sealed class ToldAttempt : IDisposable
{
    private readonly Activity test = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
    private readonly ActivityListener listener;

    public ToldAttempt()
    {
        var trace = test.TraceId;
        listener = new()
        {
            ShouldListenTo = source => source.Name == "MilleCafes",
            Sample = static (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == trace)
                {
                    Lines.Enqueue((activity.GetTagItem("http.response.status_code") as int?, activity.GetTagItem("error.type") as string));
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
    }

    public ConcurrentQueue<(int? Status, string? Error)> Lines { get; } = [];

    public void Dispose()
    {
        listener.Dispose();
        test.Dispose();
    }
}
