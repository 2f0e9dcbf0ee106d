using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Shared;

namespace MilleCafes.Network;

/// <summary>Cafés, members, antennes and partners of the network.</summary>
public sealed class NetworkModule : IModule
{
    public string Name => "network";

    public void Register(IServiceCollection services) => services.AddModuleStore<INetworkStore>(this, _ => { });
}
