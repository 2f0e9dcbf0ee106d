using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Wolverine.Runtime;

namespace Wolverine.Tracking;

/// <summary>Something a session waits for besides what was sent in it.</summary>
public interface ITrackedCondition
{
    void Record(EnvelopeRecord record);

    bool IsCompleted();
}

/// <summary>How a tracked session watches, and the action it is for.</summary>
public class TrackedSessionConfiguration
{
    private readonly List<WolverineRuntime> runtimes;
    private readonly List<Action<TrackedSession>> settings = [];
    private TimeSpan timeout;
    private bool assertNoExceptions = true;

    internal TrackedSessionConfiguration(WolverineRuntime runtime, TimeSpan timeout)
    {
        runtimes = [runtime];
        this.timeout = timeout;
    }

    public TrackedSessionConfiguration Timeout(TimeSpan timeout)
    {
        this.timeout = timeout;
        return this;
    }

    public TrackedSessionConfiguration AlsoTrack(params IHost[] hosts) => AlsoTrack([.. hosts.Select(host => host.Services)]);

    public TrackedSessionConfiguration AlsoTrack(params IServiceProvider[] serviceProviders)
    {
        runtimes.AddRange(serviceProviders.Select(services => services.GetRequiredService<WolverineRuntime>()));
        return this;
    }

    public TrackedSessionConfiguration DoNotAssertOnExceptionsDetected()
    {
        assertNoExceptions = false;
        return this;
    }

    public TrackedSessionConfiguration WaitForCondition(ITrackedCondition condition) => With(session => session.Expect(condition));

    public async Task<ITrackedSession> ExecuteAndWaitAsync(Func<IMessageContext, Task> action)
    {
        var session = new TrackedSession(runtimes);
        settings.ForEach(set => set(session));
        await session.RunAsync(() => action(new MessageContext(runtimes[0])), timeout, assertNoExceptions);
        return session;
    }

    public Task<ITrackedSession> ExecuteAndWaitAsync(Func<IMessageContext, ValueTask> action) =>
        ExecuteAndWaitAsync(context => action(context).AsTask());

    public Task<ITrackedSession> InvokeMessageAndWaitAsync(object message) => ExecuteAndWaitAsync(context => context.InvokeAsync(message));

    public Task<ITrackedSession> PublishMessageAndWaitAsync(object message, DeliveryOptions? options = default) =>
        ExecuteAndWaitAsync(context => context.PublishAsync(message, options));

    private TrackedSessionConfiguration With(Action<TrackedSession> setting)
    {
        settings.Add(setting);
        return this;
    }
}

/// <summary>Starts tracked sessions on a host.</summary>
public static class WolverineHostMessageTrackingExtensions
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(5);

    public static TrackedSessionConfiguration TrackActivity(this IHost host) => host.TrackActivity(Usual);

    public static TrackedSessionConfiguration TrackActivity(this IHost host, TimeSpan trackingTimeout) => new(host.Services.GetRequiredService<WolverineRuntime>(), trackingTimeout);

    public static Task<ITrackedSession> ExecuteAndWaitAsync(this IHost host, Func<Task> action, int timeoutInMilliseconds = 5000) =>
        host.ExecuteAndWaitAsync(_ => action(), timeoutInMilliseconds);

    public static Task<ITrackedSession> ExecuteAndWaitAsync(this IHost host, Func<IMessageContext, Task> action, int timeoutInMilliseconds = 5000) =>
        host.TrackActivity(TimeSpan.FromMilliseconds(timeoutInMilliseconds)).ExecuteAndWaitAsync(action);

    public static Task<ITrackedSession> InvokeMessageAndWaitAsync(this IHost host, object message, int timeoutInMilliseconds = 5000) =>
        host.TrackActivity(TimeSpan.FromMilliseconds(timeoutInMilliseconds)).InvokeMessageAndWaitAsync(message);
}
