using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Weasel.Core;
using Wolverine.Marten;

namespace MilleCafes.Shared;

/// <summary>Gives a module its document store: its own schema, one way of writing JSON, one outbox.</summary>
public static class ModuleStore
{
    public static IServiceCollection AddModuleStore<TStore>(this IServiceCollection services, IModule module, Action<MartenRegistry> documents)
        where TStore : class, IDocumentStore
    {
        services.AddMartenStore<TStore>(provider =>
        {
            var options = new StoreOptions { DatabaseSchemaName = module.Name };
            options.Connection(provider.GetRequiredService<NpgsqlDataSource>());
            options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase, json => StateStamps.Configure(json, provider.GetRequiredService<TimeProvider>()));
            documents(options.Schema);
            return options;
        }).ApplyAllDatabaseChangesOnStartup().IntegrateWithWolverine();

        return services.AddScoped<ModuleSession<TStore>>();
    }
}
