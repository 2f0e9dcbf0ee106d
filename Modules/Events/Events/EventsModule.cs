using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Shared;

namespace MilleCafes.Events;

/// <summary>Gatherings of the network, animations, tours and trainings.</summary>
public sealed class EventsModule : IModule
{
    public string Name => "events";

    public void Register(IServiceCollection services) => services.AddModuleStore<IEventsStore>(this, _ => { });
}
