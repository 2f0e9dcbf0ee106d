using System.Collections.Concurrent;
using System.Text.Json;
using MilleCafes.Testing.Contract;

namespace MilleCafes.Fuzz.Tests;

/// <summary>What earlier answers said, by name: a request that means something is made of it.</summary>
internal sealed class Memory
{
    private const int Kept = 100;

    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> known = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> planted = new();
    private readonly ConcurrentDictionary<string, bool> spared = new();

    /// <summary>Where the things of a path live: <c>/v1/a/b</c> for <c>/v1/a/b/{id}/acts</c>.</summary>
    public static string CollectionOf(string path) => path.Split("/{")[0];

    /// <summary>Makes no request of this id: who revokes their own key has nothing more to say.</summary>
    public void Spare(string id) => spared[id] = true;

    /// <summary>What is worth a request however much is learnt later.</summary>
    public void Plant(string name, string text) => planted.GetOrAdd(name, _ => new()).Enqueue(text);

    public void Learn(ApiOperation operation, JsonElement answer) => Learn(CollectionOf(operation.Path), "", answer);

    public string? Recall(string name, Random random) =>
        (random.Next(4) == 0 ? null : One(known, name, random)) ?? One(planted, name, random) ?? One(known, name, random);

    /// <summary>The id of a thing of any collection.</summary>
    public string? RecallAny(Random random)
    {
        var collections = known.Keys.Where(name => name.StartsWith("/v1/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToArray();
        return collections.Length == 0 ? null : Recall(collections[random.Next(collections.Length)], random);
    }

    private static string? One(ConcurrentDictionary<string, ConcurrentQueue<string>> from, string name, Random random) =>
        from.TryGetValue(name, out var values) && values.ToArray() is { Length: > 0 } all ? all[random.Next(all.Length)] : null;

    private void Learn(string collection, string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    Learn(collection, member.Name, member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    Learn(collection, name, item);
                }

                break;
            case JsonValueKind.String when value.GetString() is { Length: > 0 and <= 200 } text && !spared.ContainsKey(text) && !text.Contains(Holders.Word, StringComparison.Ordinal):
                Keep(name switch { "id" => collection, "next" => "after", _ => name }, text);
                break;
        }
    }

    private void Keep(string name, string text)
    {
        var values = known.GetOrAdd(name, _ => new());
        if (!values.Contains(text))
        {
            values.Enqueue(text);
        }

        while (values.Count > Kept)
        {
            values.TryDequeue(out _);
        }
    }
}
