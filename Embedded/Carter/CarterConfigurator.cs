namespace Carter;

/// <summary>Which modules are mapped; validators and response negotiators of the published package are not used here.</summary>
public class CarterConfigurator
{
    internal List<Type> ModuleTypes { get; } = [];

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

    /// <summary>Registers no validator, which is all that this stack can do.</summary>
    public CarterConfigurator WithEmptyValidators() => this;
}
