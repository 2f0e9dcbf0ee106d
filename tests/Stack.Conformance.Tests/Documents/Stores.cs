using Marten;
using Microsoft.Extensions.DependencyInjection;
using Weasel.Core;

namespace MilleCafes.Stack.Conformance.Tests.Documents;

/// <summary>The store of these tests; each test has a schema of its own.</summary>
public interface ITestStore : IDocumentStore;

/// <summary>Another store on the same database.</summary>
public interface IOtherStore : IDocumentStore;

internal static class Stores
{
    private static int _count;

    public static string NewSchema() => $"documents_{Environment.ProcessId}_{Interlocked.Increment(ref _count)}";

    public static ServiceProvider Open(ThrowawayServer server, Action<StoreOptions>? configure = null, string? schema = null) =>
        Open<ITestStore>(server, configure, schema);

    public static ServiceProvider Open<T>(ThrowawayServer server, Action<StoreOptions>? configure = null, string? schema = null)
        where T : class, IDocumentStore
    {
        var services = new ServiceCollection();
        services.AddMartenStore<T>(options =>
        {
            Configure(options, server, schema ?? NewSchema());
            configure?.Invoke(options);
        });
        return services.BuildServiceProvider();
    }

    public static ITestStore Store(this IServiceProvider services) => services.GetRequiredService<ITestStore>();

    public static void Configure(StoreOptions options, ThrowawayServer server, string schema)
    {
        options.Connection(server.ConnectionString);
        options.DatabaseSchemaName = schema;
        options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase);
    }
}

public enum Ouverture
{
    Projet,
    Travaux,
    Ouvert,
}

public sealed record Adresse(string? Commune, int? Numero);

public sealed record Cafe(Guid Id, string Nom, Adresse? Adresse = null, long Revision = 1)
{
    public Ouverture Ouverture { get; init; }

    public IReadOnlyList<string> Services { get; init; } = [];

    public DateTimeOffset? OuvertLe { get; init; }

    public int Places { get; init; }
}
