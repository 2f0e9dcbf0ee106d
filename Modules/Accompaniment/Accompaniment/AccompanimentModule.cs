using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Accompaniment.CafeProjects;
using MilleCafes.Shared;

namespace MilleCafes.Accompaniment;

/// <summary>Café projects, from the feasibility study to the next gérant.</summary>
public sealed class AccompanimentModule : IModule
{
    public string Name => "accompaniment";

    public void Register(IServiceCollection services) => services.AddModuleStore<IAccompanimentStore>(this, documents =>
        documents.Listed<CafeProject>().Index(project => project.InseeCode));
}
