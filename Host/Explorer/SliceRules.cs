using System.Text.Json;
using FluentValidation;
using FluentValidation.Validators;
using Microsoft.OpenApi;
using MilleCafes.Host.Platform;

namespace MilleCafes.Host.Explorer;

/// <summary>What one member must be.</summary>
/// <param name="Each">Whether the check is on each element of a list.</param>
internal sealed record MemberCheck(string Member, IPropertyValidator Check, IValidator? Within, bool Each);

/// <summary>The checks of every slice, read from the validators that enforce them: the document cannot promise anything else.</summary>
/// <remarks>An operation is called after its slice's request, which its validator validates.</remarks>
internal sealed class SliceRules(ModuleCatalogue catalogue, IServiceProvider services)
{
    private readonly ILookup<string, IValidator> validators = AssemblyScanner
        .FindValidatorsInAssemblies(catalogue.Assemblies, includeInternalTypes: true)
        .ToLookup(found => found.InterfaceType.GenericTypeArguments[0].Name, found => (IValidator)services.GetRequiredService(found.InterfaceType));

    public IEnumerable<IValidator> Of(string? operation) => operation is null ? [] : validators[operation];

    /// <summary>Writes the checks of a query parameter into its schema.</summary>
    /// <returns>Whether the parameter is required.</returns>
    public bool Constrain(OpenApiSchema schema, string? operation, string parameter)
    {
        var checks = Of(operation).SelectMany(ChecksOf).Where(check => check.Member == parameter).ToList();
        foreach (var check in checks.Where(check => !check.Each))
        {
            Constraints.Write(schema, check.Check);
        }

        return checks.Any(Constraints.Requires);
    }

    /// <summary>The checks that always apply; one that depends on other members cannot be told by a schema.</summary>
    public static IEnumerable<MemberCheck> ChecksOf(IValidator validator) =>
        from rule in validator.CreateDescriptor().Rules
        where !rule.HasCondition && !rule.HasAsyncCondition && rule.PropertyName is { Length: > 0 }
        from component in rule.Components
        where !component.HasCondition && !component.HasAsyncCondition
        select new MemberCheck(
            JsonNamingPolicy.CamelCase.ConvertName(rule.PropertyName), component.Validator, Within(component.Validator, rule), IsEach(rule));

    private static bool IsEach(IValidationRule rule) =>
        rule.GetType().GetInterfaces().Any(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ICollectionRule<,>));

    // The adaptor tells its validator to a typed context only, and the types are known at run time only
    internal static IValidator? Within(IPropertyValidator check, IValidationRule rule)
    {
        if (check is not IChildValidatorAdaptor || check.GetType().GetMethod("GetValidator") is not { } get)
        {
            return null;
        }

        var context = Activator.CreateInstance(get.GetParameters()[0].ParameterType, [null]);
        return (IValidator?)get.Invoke(check, [context, null]);
    }
}
