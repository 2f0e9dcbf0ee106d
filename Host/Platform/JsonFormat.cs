using System.Text.Json;
using System.Text.Json.Serialization;
using MilleCafes.Host.Access.Audit;

namespace MilleCafes.Host.Platform;

/// <summary>One way of writing JSON on the wire; what is not understood is refused, so that no typo is lost in silence.</summary>
internal static class JsonFormat
{
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MaxDepth = 32;
        options.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new ExactChoices());
        options.Converters.Add(new UtcInstants());
        options.Converters.Add(new StorableText());
        PersonalDataFilter.Configure(options);
    }
}
