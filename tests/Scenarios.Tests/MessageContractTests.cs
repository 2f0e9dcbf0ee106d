using System.Reflection;
using System.Text;
using System.Text.Json.Serialization;

namespace MilleCafes.Scenarios.Tests;

/// <summary>A message's full type name is its name on the wire, and its properties are read by other versions: changing either is a decision.</summary>
public sealed class MessageContractTests
{
    private static readonly NullabilityInfoContext Nullability = new();

    [Fact]
    public void Messages_are_what_the_committed_list_says()
    {
        var committed = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Snapshots", "messages.txt"));
        var actual = Describe(Messages());
        Assert.True(committed == actual, $"The messages differ from tests/Scenarios.Tests/Snapshots/messages.txt. If that is meant, replace its content by:\n{actual}");
    }

    [Fact]
    public void A_renamed_property_changes_the_list() =>
        Assert.NotEqual(Describe([typeof(Before)]).Replace(nameof(Before), "", StringComparison.Ordinal), Describe([typeof(After)]).Replace(nameof(After), "", StringComparison.Ordinal));

    [Fact]
    public void Messages_that_never_leave_their_module_are_in_the_list() =>
        Assert.Contains(Messages(), type => type.Namespace?.EndsWith(".Contracts", StringComparison.Ordinal) != true);

    [Fact]
    public void What_a_message_holds_is_in_the_list() => Assert.Equal([typeof(Held), typeof(Holder), typeof(Kind)], WithHeld([typeof(Holder)]));

    /// <summary>Every public type of the Contracts, every message that a handler takes, and what they hold.</summary>
    private static List<Type> Messages()
    {
        var types = Directory.GetFiles(AppContext.BaseDirectory, "MilleCafes.*.dll").Select(Assembly.LoadFrom)
            .Where(assembly => assembly != typeof(MessageContractTests).Assembly).SelectMany(assembly => assembly.GetExportedTypes()).ToList();
        var contracts = types.Where(type => type.Assembly.GetName().Name!.EndsWith(".Contracts", StringComparison.Ordinal)).ToList();
        var handled = types.Where(IsMessageHandler).SelectMany(handler => handler.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Select(method => method.GetParameters()[0].ParameterType).ToList();
        Assert.NotEmpty(contracts);
        Assert.NotEmpty(handled);
        return WithHeld([.. contracts, .. handled]);
    }

    // As the architecture tests require them to be, so that none goes by another name
    private static bool IsMessageHandler(Type type) => type is { IsAbstract: true, IsSealed: true }
        && type.GetCustomAttributesData().Any(attribute => attribute.AttributeType.Name == "MartenStoreAttribute");

    private static List<Type> WithHeld(IEnumerable<Type> messages)
    {
        var (found, open) = (new HashSet<Type>(), new Queue<Type>(messages));
        while (open.TryDequeue(out var type))
        {
            if (type.Namespace?.StartsWith("MilleCafes.", StringComparison.Ordinal) == true && found.Add(type) && !type.IsEnum)
            {
                PropertiesOf(type).SelectMany(property => property.PropertyType.GetGenericArguments().Append(property.PropertyType)).ToList().ForEach(open.Enqueue);
            }
        }

        return [.. found.OrderBy(type => type.FullName, StringComparer.Ordinal)];
    }

    private static IEnumerable<PropertyInfo> PropertiesOf(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => !property.IsDefined(typeof(JsonIgnoreAttribute))).OrderBy(property => property.Name, StringComparer.Ordinal);

    private static string Describe(IEnumerable<Type> types)
    {
        var text = new StringBuilder();
        foreach (var type in types)
        {
            text.Append(type.FullName).Append('\n');
            var lines = type.IsEnum ? Enum.GetNames(type) : PropertiesOf(type).Select(property => $"{property.Name}: {NameOf(property)}");
            foreach (var line in lines)
            {
                text.Append("    ").Append(line).Append('\n');
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

    internal sealed record Holder(Guid Id, IReadOnlyList<Held> Several);

    internal sealed record Held(Kind? Kind);

    internal enum Kind
    {
        Good,
    }
}
