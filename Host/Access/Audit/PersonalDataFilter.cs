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
            foreach (var member in type.Properties.Where(member => member.AttributeProvider?.IsDefined(typeof(PersonalDataAttribute), inherit: false) is true))
            {
                var id = type.Type.GetProperty(nameof(Document.Id));
                member.ShouldSerialize = (parent, value) => Shows(Accessor.HttpContext, parent, id?.GetValue(parent), value);
            }
        });

    private static bool Shows(HttpContext? http, object parent, object? id, object? value)
    {
        // Outside of a request nobody reads: it is the application that writes
        if (http is null)
        {
            return true;
        }

        if (http.Features.Get<Holder>()?.MayReadPersonalData is not true)
        {
            return false;
        }

        if (value is not null && id is Guid subject)
        {
            var shown = http.Features.Get<PersonsShown>() ?? new PersonsShown();
            http.Features.Set(shown);
            shown.Subjects.Add(subject);
            shown.SubjectType = parent.GetType().Name.Replace("View", "", StringComparison.Ordinal);
        }

        return true;
    }
}
