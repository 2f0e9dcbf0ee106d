using System.Collections.Immutable;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Weasel.Core;
using Wolverine;
using Wolverine.Marten;

namespace MilleCafes.Benchmarks;

/// <summary>The store of the benchmarks.</summary>
public interface ICafeStore : IDocumentStore;

public enum CafeState
{
    Project,
    Works,
    Open,
}

public sealed record CafeStep(string Act, DateTimeOffset At, string Actor, string? Reason);

/// <summary>A document of the size and shape that the modules keep.</summary>
public sealed record Cafe(Guid Id, string InseeCode, string CommuneName, string Departement, int Seats, bool Terrace, ImmutableList<CafeStep> History)
{
    private static readonly DateTimeOffset Opening = new(2023, 6, 21, 18, 0, 0, TimeSpan.Zero);

    public CafeState State { get; init; } = CafeState.Open;

    public long Revision { get; init; } = 1;

    public static Cafe Make(int number) => new(
        Guid.CreateVersion7(), Insee(number), "Saint-Exemple-sur-Loire", "45", number % 60, number % 2 == 0,
        [
            new("submitted", Opening, "mairie@example.org", null),
            new("accepted", Opening.AddDays(30), "network@example.org", "The last café closed ten years ago"),
            new("opened", Opening.AddDays(300), "network@example.org", null),
        ]);

    /// <summary>A hundred codes, so that a filter leaves one café in a hundred.</summary>
    public static string Insee(int number) => (45_000 + number % 100).ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>What the host puts together, with one store and one module's worth of settings.</summary>
internal static class CafeApplication
{
    public const string Documents = "\"cafes\".\"mt_doc_cafe\"";
    public const string Envelopes = "\"wolverine\".wolverine_incoming_envelopes";
    public const string DeadLetters = "\"wolverine\".wolverine_dead_letters";

    public static async Task<IHost> StartAsync(
        NpgsqlDataSource database,
        Action<WolverineOptions> configure,
        Action<MartenRegistry>? documents = null,
        Action<IServiceCollection>? register = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging();
        register?.Invoke(builder.Services);
        builder.Services.AddMartenStore<ICafeStore>(options =>
        {
            options.Connection(database);
            options.DatabaseSchemaName = "cafes";
            options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase);
            options.Schema.For<Cafe>().UseNumericRevisions(true).Index(cafe => cafe.InseeCode);
            documents?.Invoke(options.Schema);
        }).ApplyAllDatabaseChangesOnStartup().IntegrateWithWolverine();
        builder.UseWolverine(options =>
        {
            options.ServiceName = "benchmarks";
            options.Durability.MessageStorageSchemaName = "wolverine";
            options.Include<MartenIntegration>(integration => integration.MasterDataSource = database);
            options.MultipleHandlerBehavior = MultipleHandlerBehavior.Separated;
            options.Policies.UseDurableLocalQueues();
            options.Policies.AutoApplyTransactions();
            options.Discovery.DisableConventionalDiscovery();
            configure(options);
        });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
