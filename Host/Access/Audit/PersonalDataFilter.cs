using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MilleCafes.Shared;

namespace MilleCafes.Host.Access.Audit;

/// <summary>Leaves out of every answer what the holder may not read of persons, and notes what is not left out.</summary>
internal static class PersonalDataFilter
{
    private static readonly HttpContextAccessor Accessor = new();

    public static void Configure(JsonSerializerOptions json) =>
        json.TypeInfoResolver = (json.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(type =>
        {
            foreach (var member in type.Properties.Where(IsPersonal))
            {
                var isOwn = OwnOf(member);
                // Somebody who was erased is left out just as they are for those who may not read of them
                member.ShouldSerialize = (view, value) => (value is not null || member.IsGetNullable) && (isOwn?.Invoke(view) is true || Shows(Accessor.HttpContext, value));
            }

            // A person is noted as a part of the nearest thing around them that has an id
            if (type.Kind == JsonTypeInfoKind.Object && IdOf(type.Type) is { } id && PersonalDataPlaces.HasPersons(type.Type) && NameOf(type.Type) is { } name)
            {
                type.OnSerializing = one => Shown()?.Enter(name, id(one));
                type.OnSerialized = _ => Shown()?.Leave();
            }
        });

    public static bool IsPersonal(JsonPropertyInfo member) => member.AttributeProvider?.IsDefined(typeof(PersonalDataAttribute), inherit: true) is true;

    /// <summary>Reads the id of a thing; null for what has none.</summary>
    public static Func<object, Guid>? IdOf(Type type) =>
        type.GetProperty(nameof(Document.Id)) is { } id && id.PropertyType == typeof(Guid) ? one => (Guid)id.GetValue(one)! : null;

    private static Func<object, bool>? OwnOf(JsonPropertyInfo member) => member.AttributeProvider is PropertyInfo property && property.GetCustomAttribute<PersonalDataAttribute>()?.Unless is { } name
        && property.DeclaringType!.GetProperty(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic) is { } own
            ? view => (bool)own.GetValue(view)!
            : null;

    // A view that shows a little more than another, such as the secret of something new, is of the same thing
    private static string? NameOf(Type view) => view.GetCustomAttribute<ShownAsAttribute>() is { } told
        ? told.Document
        : (view.BaseType is { } wider && wider != typeof(object) && IdOf(wider) is not null ? wider : view).Name.Replace("View", "", StringComparison.Ordinal);

    private static PersonsShown? Shown() => Accessor.HttpContext is { } http && MayRead(http) ? PersonsShown.Of(http) : null;

    private static bool MayRead(HttpContext http) => http.Features.Get<Holder>()?.MayReadPersonalData is true;

    // Outside of a request nobody reads: it is the application that writes. What cannot be noted is not shown
    private static bool Shows(HttpContext? http, object? value) => http is null || (MayRead(http) && (value is null || PersonsShown.Of(http).Note()));
}
