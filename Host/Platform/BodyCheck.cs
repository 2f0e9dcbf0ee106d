using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FluentValidation;
using MilleCafes.Host.Explorer;
using MilleCafes.Shared;

namespace MilleCafes.Host.Platform;

/// <summary>Compares a body with what is asked for, and goes on after the first fault.</summary>
internal sealed class BodyCheck(JsonSerializerOptions options)
{
    // Who sent that much that is wrong meant something else
    private const int Most = 50;

    private readonly List<FieldError> faults = [];

    /// <summary>What cannot be read; and, only when there is something, what is missing.</summary>
    public IReadOnlyList<FieldError> FaultsOf(JsonElement body, JsonTypeInfo type, IEnumerable<IValidator> validators)
    {
        if (type.Kind == JsonTypeInfoKind.Object && body.ValueKind != JsonValueKind.Object)
        {
            return [FieldErrors.NotAnObject("")];
        }

        Read(body, type, "");
        if (faults.Count > 0)
        {
            Require(body, type, validators, "");
        }

        return faults;
    }

    private void Read(JsonElement value, JsonTypeInfo type, string pointer)
    {
        switch (type.Kind)
        {
            case var _ when faults.Count >= Most:
                break;
            case var _ when value.ValueKind == JsonValueKind.Null:
                Refuse(type.Type.IsValueType && Nullable.GetUnderlyingType(type.Type) is null, () => FieldErrors.Unreadable(pointer, type.Type));
                break;
            case JsonTypeInfoKind.Object when value.ValueKind == JsonValueKind.Object:
                ReadMembers(value, type, pointer);
                break;
            case JsonTypeInfoKind.Dictionary when value.ValueKind == JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    Read(member.Value, options.GetTypeInfo(type.ElementType!), pointer + JsonPointer.Of(member.Name));
                }

                break;
            case JsonTypeInfoKind.Enumerable when value.ValueKind == JsonValueKind.Array:
                foreach (var (index, item) in value.EnumerateArray().Index())
                {
                    Read(item, options.GetTypeInfo(type.ElementType!), $"{pointer}/{index}");
                }

                break;
            case JsonTypeInfoKind.None when (Nullable.GetUnderlyingType(type.Type) ?? type.Type) is { IsEnum: true } choice:
                Refuse(!CanBeRead(value, type), () => FieldErrors.UnknownValue(pointer, ExactChoices.NamesOf(choice)));
                break;
            default:
                Refuse(type.Kind != JsonTypeInfoKind.None || !CanBeRead(value, type), () => FieldErrors.Unreadable(pointer, type.Type));
                break;
        }
    }

    private void ReadMembers(JsonElement value, JsonTypeInfo type, string pointer)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            var at = pointer + JsonPointer.Of(member.Name);
            Refuse(!seen.Add(member.Name), () => FieldErrors.DuplicateField(at));
            if (MemberOf(type, member.Name) is { } known)
            {
                Read(member.Value, known, at);
            }
            else
            {
                Refuse(true, () => FieldErrors.UnknownField(at));
            }
        }
    }

    private void Require(JsonElement body, JsonTypeInfo type, IEnumerable<IValidator> validators, string pointer)
    {
        foreach (var check in validators.SelectMany(SliceRules.ChecksOf))
        {
            if (MemberOf(type, check.Member) is not { } member)
            {
                continue;
            }

            var at = pointer + JsonPointer.Of(check.Member);
            if (!body.TryGetProperty(check.Member, out var value) || value.ValueKind == JsonValueKind.Null)
            {
                Refuse(Constraints.Requires(check), () => new(at, FieldErrors.CodeOf(check.Check.Name), Language.Choose("Ce champ manque.", "This field is missing.")));
            }
            else if (check is { Within: { } within, Each: false } && value.ValueKind == JsonValueKind.Object && member.Kind == JsonTypeInfoKind.Object)
            {
                Require(value, member, [within], at);
            }
        }
    }

    private JsonTypeInfo? MemberOf(JsonTypeInfo type, string name) =>
        type.Properties.FirstOrDefault(property => property.Name == name) is { } found ? options.GetTypeInfo(found.PropertyType) : null;

    private static bool CanBeRead(JsonElement value, JsonTypeInfo type)
    {
        try
        {
            value.Deserialize(type);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    private void Refuse(bool wrong, Func<FieldError> say)
    {
        if (wrong && faults.Count < Most && say() is var fault && !faults.Contains(fault))
        {
            faults.Add(fault);
        }
    }
}
