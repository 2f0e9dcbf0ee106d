using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using MilleCafes.Host.Platform;

namespace MilleCafes.Host.Explorer;

/// <summary>Says of texts, instants and choices what they are: their converters hide it from the generator.</summary>
internal sealed class WireTypes : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.ElementType == typeof(string))
        {
            schema.Items = new OpenApiSchema { Type = JsonSchemaType.String };
        }

        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type != typeof(string) && type != typeof(DateTimeOffset) && !type.IsEnum)
        {
            return Task.CompletedTask;
        }

        var nullable = type != context.JsonTypeInfo.Type || context.JsonPropertyInfo is { IsGetNullable: true } property && property.PropertyType == type;
        schema.Type = nullable ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
        schema.Format = type == typeof(DateTimeOffset) ? "date-time" : schema.Format;
        schema.Enum = type.IsEnum ? [.. ExactChoices.NamesOf(type).Select(name => (JsonNode)name)] : null;
        return Task.CompletedTask;
    }
}
