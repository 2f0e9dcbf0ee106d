using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Carter;

/// <summary>The assemblies in which modules are looked for when none are named.</summary>
public class DependencyContextAssemblyCatalog(params Assembly[] assemblies)
{
    /// <summary>The assemblies given, or the entry assembly.</summary>
    public virtual IReadOnlyCollection<Assembly> GetAssemblies() =>
        assemblies.Length > 0 ? assemblies : Assembly.GetEntryAssembly() is { } entry ? [entry] : [];
}

/// <summary>Registers and maps modules.</summary>
public static class CarterExtensions
{
    /// <summary>Registers the modules that <paramref name="configurator"/> names, else the public ones of the catalogue.</summary>
    public static IServiceCollection AddCarter(
        this IServiceCollection services, DependencyContextAssemblyCatalog? assemblyCatalog = default, Action<CarterConfigurator>? configurator = default)
    {
        var configuration = new CarterConfigurator();
        configurator?.Invoke(configuration);
        IEnumerable<Type> modules = configuration.ModuleTypes.Count > 0
            ? configuration.ModuleTypes
            : (assemblyCatalog ?? new()).GetAssemblies().SelectMany(assembly => assembly.GetExportedTypes())
                .Where(type => typeof(ICarterModule).IsAssignableFrom(type) && type is { IsAbstract: false, IsInterface: false });
        foreach (var module in modules.Distinct())
        {
            services.AddSingleton(typeof(ICarterModule), module);
        }

        return services;
    }

    /// <summary>Lets every registered module add its routes.</summary>
    public static IEndpointRouteBuilder MapCarter(this IEndpointRouteBuilder builder)
    {
        foreach (var module in builder.ServiceProvider.GetServices<ICarterModule>())
        {
            module.AddRoutes(builder);
        }

        return builder;
    }
}
