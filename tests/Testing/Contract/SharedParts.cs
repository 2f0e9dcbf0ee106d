using System.Text.Json.Nodes;

namespace MilleCafes.Testing.Contract;

/// <summary>What a document's answers say by reference, put back in its place.</summary>
public static class SharedParts
{
    /// <summary>The same document, whose answers, headers and examples stand where they are meant; references to schemas stay.</summary>
    public static JsonObject Unfold(JsonObject document)
    {
        foreach (var section in new[] { "paths", "webhooks" })
        {
            foreach (var operation in Members(document[section]).SelectMany(path => Members(path.Value)).Select(method => method.Value).OfType<JsonObject>())
            {
                UnfoldMembers(document, operation["responses"]);
                foreach (var answer in Members(operation["responses"]).Select(answer => answer.Value!))
                {
                    UnfoldMembers(document, answer["headers"]);
                    foreach (var (_, content) in Members(answer["content"]))
                    {
                        UnfoldMembers(document, content!["examples"]);
                    }
                }
            }
        }

        return document;
    }

    private static void UnfoldMembers(JsonObject document, JsonNode? parent)
    {
        foreach (var (name, part) in Members(parent))
        {
            if ((string?)part?["$ref"] is { } reference)
            {
                // A name has dots, never a slash
                parent![name] = reference.TrimStart('#', '/').Split('/').Aggregate((JsonNode?)document, (node, step) => node?[step])?.DeepClone()
                    ?? throw new InvalidOperationException($"« {reference} » leads nowhere.");
            }
        }
    }

    private static List<KeyValuePair<string, JsonNode?>> Members(JsonNode? node) => node is JsonObject members ? [.. members] : [];
}
