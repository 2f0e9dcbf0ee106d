using MilleCafes.Host.Access.Audit;
using MilleCafes.Host.Access.Clients;
using MilleCafes.Host.Access.Keys;
using MilleCafes.Host.Access.Tokens;
using MilleCafes.Shared;

namespace MilleCafes.Host.Access;

/// <summary>Who may use the API, and what they did with it: clients, their keys and tokens, the audit.</summary>
public sealed class AccessModule : IModule
{
    public string Name => "access";

    public void Register(IServiceCollection services) => services
        .AddModuleStore<IAccessStore>(this, documents =>
        {
            documents.Listed<Client>().Index(client => client.ToldVersion!);
            documents.Listed<ApiKey>().UniqueIndex(key => key.Hash).Index(key => key.ClientId);
            documents.For<KeyUse>().UseNumericRevisions(true);
            documents.For<AccessToken>().UseNumericRevisions(true).UniqueIndex(token => token.Hash);
            documents.Listed<AuditEntry>().Index(entry => entry.ClientId).Index(entry => entry.TraceId);
        })
        .AddSingleton<KeyDirectory>()
        .AddSingleton<AuditNames>()
        .AddSingleton<PersonalDataReads>()
        .AddHostedService(provider => provider.GetRequiredService<PersonalDataReads>())
        .AddHostedService<PersonalDataPlaces>()
        .AddHostedService<AuditUpgrade>()
        .AddHostedService<FirstAdministratorKey>()
        .AddHostedService<TellOfClients>()
        .AddHostedService<KeyHousekeeping>();
}
