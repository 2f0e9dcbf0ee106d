using MilleCafes.Testing;

namespace MilleCafes.Host.Tests.Webhooks;

/// <summary>Says what a module would say.</summary>
internal static class Announcing
{
    /// <summary>Returns when every message that this one caused has been handled.</summary>
    public static Task AnnounceAsync(this MilleCafesHost host, object message) => host.TrackAsync(() => host.PublishAsync(message));
}
