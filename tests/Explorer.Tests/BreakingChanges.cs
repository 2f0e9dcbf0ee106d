using System.Globalization;
using System.Text.Json.Nodes;
using MilleCafes.Testing.Contract;

namespace MilleCafes.Explorer.Tests;

/// <summary>What a client of yesterday cannot live with: found by comparing yesterday's document with today's.</summary>
public sealed class BreakingChanges
{
    private static readonly string[] Shape = ["type", "format", "$ref", "pattern", "const", "items", "oneOf", "anyOf", "allOf", "additionalProperties"];
    private static readonly string[] Ceilings = ["maximum", "exclusiveMaximum", "maxLength", "maxItems"];
    private static readonly string[] Floors = ["minimum", "exclusiveMinimum", "minLength", "minItems"];

    private readonly JsonObject before;
    private readonly JsonObject after;
    private readonly List<string> found = [];

    private BreakingChanges(JsonObject before, JsonObject after) => (this.before, this.after) = (before, after);

    /// <summary>One sentence per change; additions are none.</summary>
    public static IReadOnlyList<string> Between(JsonObject before, JsonObject after)
    {
        var changes = new BreakingChanges(SharedParts.Unfold(before.DeepClone().AsObject()), SharedParts.Unfold(after.DeepClone().AsObject()));
        changes.CompareOperations("paths");
        changes.CompareOperations("webhooks");
        changes.CompareSchemas();
        return [.. changes.found.Distinct()];
    }

    private void CompareOperations(string section)
    {
        foreach (var (path, item) in Members(before[section]))
        {
            foreach (var (method, operation) in Members(item))
            {
                var name = $"{method.ToUpperInvariant()} {path}";
                if (after[section]?[path]?[method] is not JsonObject now)
                {
                    found.Add($"{name} is gone.");
                    continue;
                }

                CompareOperation(name, operation!.AsObject(), now);
            }
        }
    }

    private void CompareOperation(string name, JsonObject then, JsonObject now)
    {
        AddIf((string?)then["operationId"] != (string?)now["operationId"], $"{name} is called {now["operationId"]}, no longer {then["operationId"]}.");
        AddIf(then["security"] is JsonArray { Count: 0 } && now["security"] is JsonArray { Count: > 0 }, $"{name} needs a key now.");
        AddIf((bool?)now["requestBody"]?["required"] is true && (bool?)then["requestBody"]?["required"] is not true, $"{name} needs a body now.");
        CompareParameters(name, then, now);
        CompareContents($"the body of {name}", then["requestBody"], now["requestBody"]);
        foreach (var (status, answer) in Members(then["responses"]))
        {
            if (now["responses"]?[status] is not { } answered)
            {
                AddIf(status.StartsWith('2'), $"{name} no longer answers with {status}.");
                continue;
            }

            CompareContents($"{name} → {status}", answer, answered);
            foreach (var (code, _) in Members(answer!["content"]?["application/problem+json"]?["examples"]))
            {
                AddIf(answered["content"]?["application/problem+json"]?["examples"]?[code] is null, $"{name} → {status} has lost the code {code}.");
            }
        }
    }

    private void CompareParameters(string name, JsonObject then, JsonObject now)
    {
        var (earlier, present) = (Parameters(then), Parameters(now));
        foreach (var (parameter, old) in earlier)
        {
            if (!present.TryGetValue(parameter, out var current))
            {
                found.Add($"{name} has lost the parameter {parameter}.");
                continue;
            }

            CompareSchema($"{name}, parameter {parameter}", old["schema"], current["schema"], asked: true, answered: false);
        }

        foreach (var (parameter, current) in present.Where(entry => (bool?)entry.Value["required"] is true))
        {
            AddIf(!earlier.TryGetValue(parameter, out var old) || (bool?)old["required"] is not true, $"{name} needs the parameter {parameter} now.");
        }
    }

    private void CompareContents(string name, JsonNode? then, JsonNode? now)
    {
        foreach (var (mediaType, form) in Members(then?["content"]))
        {
            if (now?["content"]?[mediaType] is not { } current)
            {
                found.Add($"{name} is no longer {mediaType}.");
                continue;
            }

            CompareSchema(name, form!["schema"], current["schema"], asked: false, answered: true);
        }
    }

    private void CompareSchemas()
    {
        var (asked, answered) = (Reached(Requests), Reached(Answers));
        foreach (var (name, schema) in Members(before["components"]?["schemas"]))
        {
            if (after["components"]?["schemas"]?[name] is { } current)
            {
                CompareSchema(name, schema, current, asked.Contains(name), answered.Contains(name));
            }
            else
            {
                found.Add($"The schema {name} is gone.");
            }
        }
    }

    private void CompareSchema(string name, JsonNode? then, JsonNode? now, bool asked, bool answered)
    {
        foreach (var keyword in Shape)
        {
            AddIf(!JsonNode.DeepEquals(then?[keyword], now?[keyword]), $"{name}: {keyword} was {Text(then?[keyword])} and is {Text(now?[keyword])}.");
        }

        var choices = now?["enum"]?.AsArray().Select(choice => Text(choice)).ToHashSet();
        foreach (var choice in then?["enum"]?.AsArray() ?? [])
        {
            AddIf(choices?.Contains(Text(choice)) is false, $"{name} has lost the value {Text(choice)}.");
        }

        AddIf(asked && then is not null && then["enum"] is null && choices is not null, $"{name} takes certain values only now.");
        AddIf(asked && Ceilings.Any(bound => Number(now, bound) < (Number(then, bound) ?? decimal.MaxValue)), $"{name} takes less than before.");
        AddIf(asked && Floors.Any(bound => Number(now, bound) > (Number(then, bound) ?? decimal.MinValue)), $"{name} asks for more than before.");
        var (required, requires) = (Names(then), Names(now));
        foreach (var (member, schema) in Members(then?["properties"]))
        {
            if (now?["properties"]?[member] is not { } current)
            {
                found.Add($"{name} has lost the member {member}.");
                continue;
            }

            AddIf(answered && required.Contains(member) && !requires.Contains(member), $"{name} may come without {member} now.");
            CompareSchema($"{name}.{member}", schema, current, asked, answered);
        }

        foreach (var member in requires.Except(required))
        {
            AddIf(asked, $"{name} needs the member {member} now.");
        }
    }

    /// <summary>The schemas that requests, or answers and events, are made of in the document of before.</summary>
    private HashSet<string> Reached(Func<JsonNode, IEnumerable<JsonNode?>> parts)
    {
        var (reached, open) = (new HashSet<string>(), new Queue<JsonNode?>(Members(before["paths"]).SelectMany(path => Members(path.Value)).SelectMany(operation => parts(operation.Value!))));
        if (parts == Answers)
        {
            open.Enqueue(before["webhooks"]);
        }

        while (open.TryDequeue(out var part))
        {
            foreach (var name in References(part).Where(reached.Add))
            {
                open.Enqueue(before["components"]!["schemas"]![name]);
            }
        }

        return reached;
    }

    private static IEnumerable<JsonNode?> Requests(JsonNode operation) => [operation["requestBody"], operation["parameters"]];

    private static IEnumerable<JsonNode?> Answers(JsonNode operation) => [operation["responses"]];

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Key == "$ref" ? [((string)member.Value!).Split('/')[^1]] : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };

    private static Dictionary<string, JsonObject> Parameters(JsonObject operation) =>
        (operation["parameters"]?.AsArray() ?? []).ToDictionary(parameter => $"{(string?)parameter!["name"]}", parameter => parameter!.AsObject());

    private static HashSet<string> Names(JsonNode? schema) => [.. (schema?["required"]?.AsArray() ?? []).Select(name => (string)name!)];

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Members(JsonNode? node) => node as JsonObject ?? [];

    private static decimal? Number(JsonNode? schema, string bound) => schema?[bound] is { } limit ? decimal.Parse(limit.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture) : null;

    private static string Text(JsonNode? node) => node?.ToJsonString() ?? "nothing";

    private void AddIf(bool condition, string change)
    {
        if (condition)
        {
            found.Add(change);
        }
    }
}
