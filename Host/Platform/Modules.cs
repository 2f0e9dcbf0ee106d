using System.Net.Mail;
using System.Reflection;
using System.Text.Json;
using Carter;
using FluentValidation;
using JasperFx;
using Marten.Exceptions;
using MilleCafes.Shared;
using Npgsql;
using Wolverine;
using Wolverine.ErrorHandling;
using Wolverine.Marten;

namespace MilleCafes.Host.Platform;

/// <summary>The modules that this host runs.</summary>
internal sealed record ModuleCatalogue(IReadOnlyList<IModule> Modules)
{
    /// <summary>The modules' assemblies, and Shared's.</summary>
    public IEnumerable<Assembly> Assemblies => Modules.Select(module => module.GetType().Assembly).Append(typeof(IModule).Assembly).Distinct();
}

/// <summary>Finds every slice and message handler of the registered modules; nothing else knows how they are found.</summary>
internal static class ModuleExtensions
{
    public static void AddModules(this WebApplicationBuilder builder, NpgsqlDataSource database, params IModule[] modules)
    {
        var catalogue = new ModuleCatalogue(modules);
        var assemblies = catalogue.Assemblies.ToArray();
        var services = builder.Services;
        services.AddSingleton(catalogue);
        services.AddMediatR(configuration => configuration
            .RegisterServicesFromAssemblies(assemblies)
            .AddOpenBehavior(typeof(ValidationBehavior<,>)));
        ValidatorOptions.Global.DisplayNameResolver = (_, member, _) => member is null ? null : JsonNamingPolicy.CamelCase.ConvertName(member.Name);
        foreach (var found in AssemblyScanner.FindValidatorsInAssemblies(assemblies, includeInternalTypes: true))
        {
            services.AddSingleton(found.InterfaceType, found.ValidatorType);
        }

        services.AddCarter(configurator: carter => carter.WithEmptyValidators().WithModules(
            [.. assemblies.SelectMany(assembly => assembly.GetTypes()).Where(type => typeof(ICarterModule).IsAssignableFrom(type) && type is { IsClass: true, IsAbstract: false })]));
        foreach (var module in modules)
        {
            module.Register(services);
        }

        builder.UseWolverine(options => Configure(options, database, assemblies));
    }

    private static void Configure(WolverineOptions options, NpgsqlDataSource database, IEnumerable<Assembly> assemblies)
    {
        options.ServiceName = "mille-cafes";
        options.Durability.MessageStorageSchemaName = "wolverine";
        options.Include<MartenIntegration>(integration => integration.MasterDataSource = database);
        options.MultipleHandlerBehavior = MultipleHandlerBehavior.Separated;
        options.Policies.UseDurableLocalQueues();
        options.Policies.AutoApplyTransactions();
        options.Policies.AddMiddleware(typeof(Acting));
        options.EnableRelayOfUserName = true;
        options.OnException<ConcurrencyException>().RetryWithCooldown(Milliseconds(50), Milliseconds(250), Milliseconds(1000));
        options.OnException(IsTransient, "The database was busy or away").RetryWithCooldown(Milliseconds(50), Milliseconds(500)).Then
            .ScheduleRetry(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5));
        options.OnException<SmtpException>().ScheduleRetry(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6));
        foreach (var assembly in assemblies)
        {
            options.Discovery.IncludeAssembly(assembly);
        }
    }

    // A commit tells what PostgreSQL refused inside its own exception
    private static bool IsTransient(Exception fault) =>
        fault is NpgsqlException { IsTransient: true } or MartenCommandException { InnerException: NpgsqlException { IsTransient: true } };

    private static TimeSpan Milliseconds(int count) => TimeSpan.FromMilliseconds(count);
}
