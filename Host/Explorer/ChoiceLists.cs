using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace MilleCafes.Host.Explorer;

/// <summary>Says what a list of choices holds: the generator leaves that out.</summary>
internal static class ChoiceLists
{
    public static void Complete(OpenApiSchema list, Type type)
    {
        if (list is { Items: null, Type: { } kinds } && kinds.HasFlag(JsonSchemaType.Array) && type is { IsGenericType: true, GenericTypeArguments: [{ IsEnum: true } choice] })
        {
            list.Items = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. Enum.GetNames(choice).Select(name => (JsonNode)JsonNamingPolicy.CamelCase.ConvertName(name))] };
        }
    }
}
