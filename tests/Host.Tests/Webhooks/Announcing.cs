using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Testing;
using Wolverine;

namespace MilleCafes.Host.Tests.Webhooks;

/// <summary>Says what a module would say.</summary>
internal static class Announcing
{
    /// <summary>Returns when every message that this one caused has been handled.</summary>
    public static Task AnnounceAsync<T>(this MilleCafesHost host, T message) => host.TrackAsync(() => host.PublishAsync(message));

    public static async Task PublishAsync<T>(this MilleCafesHost host, T message)
    {
        await using var scope = host.Host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IMessageBus>().PublishAsync(message);
    }
}
