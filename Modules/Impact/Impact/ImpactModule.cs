using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Shared;

namespace MilleCafes.Impact;

/// <summary>What the cafés change, counted so that every figure can be traced.</summary>
public sealed class ImpactModule : IModule
{
    public string Name => "impact";

    public void Register(IServiceCollection services) => services.AddModuleStore<IImpactStore>(this, _ => { });
}
