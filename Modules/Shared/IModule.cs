using Microsoft.Extensions.DependencyInjection;

namespace MilleCafes.Shared;

/// <summary>The one public door of a module: what the host needs to know of it.</summary>
public interface IModule
{
    /// <summary>Names its PostgreSQL schema, its route segment under /v1 and its scopes.</summary>
    string Name { get; }

    /// <summary>What an operator can set of the module.</summary>
    IReadOnlyList<SettingsClass> Settings => [];

    /// <summary>Registers the module's store and services; slices and message handlers are discovered in its assembly.</summary>
    void Register(IServiceCollection services);
}
