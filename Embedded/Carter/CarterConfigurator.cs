namespace Carter;

/// <summary>Which modules are mapped; validators and response negotiators of the published package are not used here.</summary>
public class CarterConfigurator
{
    internal List<Type> ModuleTypes { get; } = [];

    internal bool ExcludeModules { get; private set; }

    /// <summary>Maps these modules, public or not.</summary>
    public CarterConfigurator WithModules(params Type[] modules)
    {
        foreach (var module in modules)
        {
            if (!typeof(ICarterModule).IsAssignableFrom(module) || module.IsAbstract)
            {
                throw new ArgumentException($"{module} is not an {nameof(ICarterModule)}.", nameof(modules));
            }
        }

        ModuleTypes.AddRange(modules);
        return this;
    }

    /// <summary>Maps this module.</summary>
    public CarterConfigurator WithModule<TModule>()
        where TModule : ICarterModule => WithModules(typeof(TModule));

    /// <summary>Maps no module.</summary>
    public CarterConfigurator WithEmptyModules()
    {
        ExcludeModules = true;
        return this;
    }

    /// <summary>Registers no validator, which is all that this stack can do.</summary>
    public CarterConfigurator WithEmptyValidators() => this;
}
