using Marten;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Wolverine;
using Wolverine.ErrorHandling;
using Wolverine.Marten;

namespace MilleCafes.Faults.Node;

/// <summary>An application with two stores and messages between them, as the host has with its modules.</summary>
internal static class Node
{
    public static IHost Build(NodeOrder order)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        // Standard output is for the parent
        builder.Logging.AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Error);
        builder.Services.AddMartenStore<IBarStore>(options => Configure(options, "bar")).ApplyAllDatabaseChangesOnStartup().IntegrateWithWolverine();
        builder.Services.AddMartenStore<ICellarStore>(options => Configure(options, "cellar")).ApplyAllDatabaseChangesOnStartup().IntegrateWithWolverine();
        builder.Services.ConfigureMarten<IBarStore>(options => options.Schema.For<Round>());
        builder.Services.ConfigureMarten<ICellarStore>(options => options.Schema.For<Repair>());
        var database = NpgsqlDataSource.Create(order.Connection);
        builder.UseWolverine(options =>
        {
            options.Durability.MessageStorageSchemaName = "wolverine";
            options.Include<MartenIntegration>(integration => integration.MasterDataSource = database);
            options.MultipleHandlerBehavior = MultipleHandlerBehavior.Separated;
            options.Policies.UseDurableLocalQueues();
            options.Policies.AutoApplyTransactions();
            options.Policies.OnException<CellarClosedException>().RetryOnce().Then.ScheduleRetry(Rounds.Delay);
            options.Policies.OnException<PrinterBrokenException>().RetryWithCooldown(TimeSpan.FromMilliseconds(20)).Then.MoveToErrorQueue();
            // Enough hands that what waits, waits for a reason
            options.LocalQueueFor<RoundOrdered>().MaximumParallelMessages(8);
            options.Discovery.IncludeAssembly(typeof(Node).Assembly);
        });
        return builder.Build();

        void Configure(StoreOptions options, string schema)
        {
            options.Connection(order.Connection);
            options.DatabaseSchemaName = schema;
            options.Schema.For<Effect>();
        }
    }
}
