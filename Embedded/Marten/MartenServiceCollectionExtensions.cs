using Marten.Internal;
using Marten.Schema;
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
            options.StoreName = typeof(T).Name;
            foreach (var more in provider.GetServices<StoreConfiguration<T>>())
            {
                more.Configure(provider, options);
            }

            return StoreImplementation<T>.Create(options);
        });
        services.AddSingleton(new StoreRegistration(provider => provider.GetRequiredService<T>()));
        return new MartenStoreExpression<T>(services);
    }

    public static IServiceCollection ConfigureMarten<T>(this IServiceCollection services, Action<StoreOptions> configure)
        where T : IDocumentStore => services.ConfigureMarten<T>((_, options) => configure(options));

    public static IServiceCollection ConfigureMarten<T>(this IServiceCollection services, Action<IServiceProvider, StoreOptions> configure)
        where T : IDocumentStore => services.AddSingleton(new StoreConfiguration<T>(configure));

    public static IServiceCollection InitializeMartenWith<T>(this IServiceCollection services, params IInitialData[] data)
        where T : IDocumentStore => services.ConfigureMarten<T>(options => options.InitialData.AddRange(data));

    public static IReadOnlyList<IDocumentStore> AllDocumentStores(this IServiceProvider services) =>
        [.. services.GetServices<StoreRegistration>().Select(registration => registration.Resolve(services)).Distinct()];
}

/// <summary>What else can be said of a store that has been registered.</summary>
public class MartenStoreExpression<T>(IServiceCollection services)
    where T : IDocumentStore
{
    public IServiceCollection Services { get; } = services;

    /// <summary>Schema and initial data are in place before any other hosted service starts.</summary>
    public MartenStoreExpression<T> ApplyAllDatabaseChangesOnStartup()
    {
        Services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(provider =>
            new StoreActivation(() => (DocumentStore)(IDocumentStore)provider.GetRequiredService(typeof(T)))));
        return this;
    }

    public MartenStoreExpression<T> InitializeWith(params IInitialData[] data)
    {
        Services.InitializeMartenWith<T>(data);
        return this;
    }

    public MartenStoreExpression<T> InitializeWith<TData>()
        where TData : class, IInitialData
    {
        Services.TryAddSingleton<TData>();
        Services.ConfigureMarten<T>((provider, options) => options.InitialData.Add(provider.GetRequiredService<TData>()));
        return this;
    }

    /// <summary>Sessions track nothing, which is all that is kept here.</summary>
    public MartenStoreExpression<T> UseLightweightSessions() => this;
}
