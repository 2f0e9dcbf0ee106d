using Marten.Internal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Marten;

/// <summary>Registers stores, one per marker interface.</summary>
public static class MartenServiceCollectionExtensions
{
    public static MartenStoreExpression<T> AddMartenStore<T>(this IServiceCollection services, Action<StoreOptions> configure)
        where T : class, IDocumentStore => services.AddMartenStore<T>(_ =>
        {
            var options = new StoreOptions();
            configure(options);
            return options;
        });

    public static MartenStoreExpression<T> AddMartenStore<T>(this IServiceCollection services, Func<IServiceProvider, StoreOptions> configure)
        where T : class, IDocumentStore
    {
        services.TryAddSingleton(provider =>
        {
            var options = configure(provider);
            foreach (var more in provider.GetServices<StoreConfiguration<T>>())
            {
                more.Configure(options);
            }

            return StoreImplementation<T>.Create(options);
        });
        return new MartenStoreExpression<T>(services);
    }

    public static IServiceCollection ConfigureMarten<T>(this IServiceCollection services, Action<StoreOptions> configure)
        where T : IDocumentStore => services.AddSingleton(new StoreConfiguration<T>(configure));
}

/// <summary>What else can be said of a store that has been registered.</summary>
public class MartenStoreExpression<T>(IServiceCollection services)
    where T : IDocumentStore
{
    public IServiceCollection Services { get; } = services;

    /// <summary>The schema is in place before any other hosted service starts.</summary>
    public MartenStoreExpression<T> ApplyAllDatabaseChangesOnStartup()
    {
        Services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(provider =>
            new StoreActivation(() => (IDocumentStore)provider.GetRequiredService(typeof(T)))));
        return this;
    }
}
