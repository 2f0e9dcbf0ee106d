using MilleCafes.Shared;

namespace MilleCafes.Host.Access;

/// <summary>Who may use the API: keys and their scopes.</summary>
public sealed class AccessModule : IModule
{
    public string Name => "access";

    public void Register(IServiceCollection services) => services
        .AddModuleStore<IAccessStore>(this, documents => documents.For<ApiKey>().UseNumericRevisions(true).UniqueIndex(key => key.Hash))
        .AddHostedService<FirstAdministratorKey>();
}
