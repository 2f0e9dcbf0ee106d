using Marten;
using Microsoft.Extensions.DependencyInjection;
using MilleCafes.Shared;

namespace MilleCafes.Architecture.Tests.Planted;

public interface IGhostStore : IDocumentStore;

/// <summary>As it should be; whether a host runs it is for the test to say.</summary>
public sealed class GhostModule : IModule
{
    public string Name => "ghost";

    public void Register(IServiceCollection services) => ArgumentNullException.ThrowIfNull(services);
}

public sealed class MisnamedModule : IModule
{
    public string Name => "other";

    public void Register(IServiceCollection services) => ArgumentNullException.ThrowIfNull(services);
}
