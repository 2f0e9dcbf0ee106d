using System.Reflection;
using MilleCafes.Shared;

namespace MilleCafes.Architecture.Tests;

/// <summary>An error and the class that holds it.</summary>
internal sealed record HeldError(Type Holder, string Field, Error Error);

/// <summary>Codes are stable and unique, and every sentence is in both languages.</summary>
internal static class ErrorRules
{
    public static IReadOnlyList<HeldError> Discover(IEnumerable<Type> types) =>
    [
        .. types.Where(type => type.Name.EndsWith("Errors", StringComparison.Ordinal)).SelectMany(type => type
            .GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static).Where(field => field.FieldType == typeof(Error))
            .Select(field => new HeldError(type, field.Name, (Error)field.GetValue(null)!))),
    ];

    public static IEnumerable<string> Violations(IEnumerable<HeldError> errors) => errors
        .GroupBy(held => held.Error.Code).Where(group => group.Count() > 1)
        .Select(group => $"{group.Key} is the code of {string.Join(" and ", group.Select(held => $"{held.Holder.Name}.{held.Field}").Order(StringComparer.Ordinal))}.")
        .Concat(errors.SelectMany(held => Judge(held).Select(fault => $"{held.Holder.Name}.{held.Field} {fault}")));

    /// <summary>A module's codes start with its name.</summary>
    public static Func<IEnumerable<HeldError>, IEnumerable<string>> StartWith(Func<Type, string> module) => errors => errors
        .Where(held => !held.Error.Code.StartsWith($"{module(held.Holder)}.", StringComparison.Ordinal))
        .Select(held => $"{held.Error.Code} is a code of {module(held.Holder)} and does not start with its name.");

    private static IEnumerable<string> Judge(HeldError held)
    {
        if (!OperationRules.Code().IsMatch(held.Error.Code))
        {
            yield return $"has « {held.Error.Code} », which is no code.";
        }

        if (held.Error.French.Length == 0 || held.Error.English.Length == 0 || held.Error.French == held.Error.English)
        {
            yield return "is not said in both languages.";
        }
    }
}
