using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Wolverine.Marten.Internal;
using Wolverine.Marten.Publishing;
using Wolverine.Runtime;

namespace Wolverine.Marten;

/// <summary>What can be said of one store's integration; nothing is needed on this stack.</summary>
public class AncillaryMartenIntegration;

/// <summary>Lets the messages of a store's sessions be committed with its documents.</summary>
public static class AncillaryWolverineOptionsMartenExtensions
{
    public static MartenStoreExpression<T> IntegrateWithWolverine<T>(
        this MartenStoreExpression<T> expression, Action<AncillaryMartenIntegration>? configure = default)
        where T : class, IDocumentStore
    {
        configure?.Invoke(new AncillaryMartenIntegration());
        expression.Services.TryAddSingleton<ISessionSource, MartenSessions>();
        expression.Services.AddSingleton<IIntegratedStore>(provider => new IntegratedStore<T>(provider.GetRequiredService<T>()));
        expression.Services.TryAddSingleton<OutboxedSessionFactory<T>>();
        return expression;
    }
}

/// <summary>Where messages are stored, for an application without a store of its own for them.</summary>
public class MartenIntegration : IWolverineExtension
{
    public NpgsqlDataSource? MasterDataSource { get; set; }

    public string? MessageStorageSchemaName { get; set; }

    public void Configure(WolverineOptions options)
    {
        if (MessageStorageSchemaName is not null)
        {
            options.Durability.MessageStorageSchemaName = MessageStorageSchemaName;
        }

        if (MasterDataSource is { } source)
        {
            options.MessageDatabase = () => source;
        }
    }
}

/// <summary>Names the store whose session a message handler takes.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public class MartenStoreAttribute(Type storeType) : Attribute, IStoreMarker
{
    public Type StoreType { get; } = storeType;
}
