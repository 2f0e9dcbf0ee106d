using System.Reflection;
using System.Text;

namespace MilleCafes.Scenarios.Tests;

/// <summary>A message's full type name is its name on the wire, and its properties are read by other versions: changing either is a decision.</summary>
public sealed class MessageContractTests
{
    private static readonly NullabilityInfoContext Nullability = new();

    [Fact]
    public void Messages_are_what_the_committed_list_says()
    {
        var committed = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Snapshots", "messages.txt"));
        var actual = Describe(Contracts());
        Assert.True(committed == actual, $"The messages differ from tests/Scenarios.Tests/Snapshots/messages.txt. If that is meant, replace its content by:\n{actual}");
    }

    [Fact]
    public void A_renamed_property_changes_the_list() =>
        Assert.NotEqual(Describe([typeof(Before)]).Replace(nameof(Before), "", StringComparison.Ordinal), Describe([typeof(After)]).Replace(nameof(After), "", StringComparison.Ordinal));

    /// <summary>Every public type of every Contracts assembly beside this one.</summary>
    private static List<Type> Contracts()
    {
        var assemblies = Directory.GetFiles(AppContext.BaseDirectory, "MilleCafes.*.Contracts.dll");
        var types = assemblies.SelectMany(file => Assembly.LoadFrom(file).GetExportedTypes()).OrderBy(type => type.FullName, StringComparer.Ordinal).ToList();
        Assert.NotEmpty(types);
        return types;
    }

    private static string Describe(IEnumerable<Type> types)
    {
        var text = new StringBuilder();
        foreach (var type in types)
        {
            text.Append(type.FullName).Append('\n');
            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(property => property.Name, StringComparer.Ordinal))
            {
                text.Append("    ").Append(property.Name).Append(": ").Append(NameOf(property)).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string NameOf(PropertyInfo property)
    {
        var optional = Nullability.Create(property).ReadState == NullabilityState.Nullable ? "?" : "";
        return NameOf(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) + optional;
    }

    private static string NameOf(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
        : type.Name;

    internal sealed record Before(Guid ProjectId);

    internal sealed record After(Guid CafeProjectId);
}
