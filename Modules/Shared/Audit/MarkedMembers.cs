using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MilleCafes.Shared;

/// <summary>What a type's members are marked with, by their names in its JSON.</summary>
internal static class MarkedMembers
{
    private static readonly ConcurrentDictionary<Type, Dictionary<string, MarkedMember>> Known = new();

    /// <summary>The member of that name; null when the type has none of it.</summary>
    public static MarkedMember? Find(Type? type, string name, JsonSerializerOptions json) => type is null ? null : Known
        .GetOrAdd(Bare(type), static (bare, options) => options.GetTypeInfo(bare).Properties.ToDictionary(member => member.Name, Of), json)
        .GetValueOrDefault(name);

    /// <summary>What stands under each index of a list, or under each name of a dictionary; null when the type is neither.</summary>
    public static Type? ElementOf(Type? type, JsonSerializerOptions json) => type is not null && json.GetTypeInfo(Bare(type)) is { Kind: JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary } held ? held.ElementType : null;

    private static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static MarkedMember Of(JsonPropertyInfo member) => new(
        member.PropertyType, Has<PersonalDataAttribute>(member), Has<UnauditedAttribute>(member));

    private static bool Has<TMark>(JsonPropertyInfo member)
        where TMark : Attribute => member.AttributeProvider?.IsDefined(typeof(TMark), inherit: true) is true;
}

/// <summary>A member of a type, as the audit takes it.</summary>
internal sealed record MarkedMember(Type Type, bool Personal, bool Unaudited);
