using System.Runtime.CompilerServices;
using Npgsql;
using Wolverine.Runtime.Handlers;

[assembly: InternalsVisibleTo("Wolverine.Marten")]

namespace Wolverine.Runtime;

/// <summary>Gives handlers their document session; WolverineFx.Marten implements it.</summary>
internal interface ISessionSource
{
    bool Provides(Type parameterType);

    /// <summary>Says at start what is wrong with a handler's store, if anything.</summary>
    void Check(HandlerChain chain);

    IHandlerSession Open(MessageContext context, Type? storeType);
}

/// <summary>A session whose commit carries the envelopes of the context it was opened for.</summary>
internal interface IHandlerSession : IAsyncDisposable
{
    object Session { get; }

    Task SaveChangesAsync(CancellationToken token);
}

/// <summary>A document store that commits envelopes together with its documents.</summary>
internal interface IIntegratedStore
{
    string Name { get; }

    NpgsqlDataSource Database { get; }
}

/// <summary>An attribute naming the store a handler works on.</summary>
internal interface IStoreMarker
{
    Type StoreType { get; }
}
