using System.Text.Json;
using MilleCafes.Testing.Contract;

namespace MilleCafes.Fuzz.Tests;

/// <summary>Reads what is there once everything was sent.</summary>
internal sealed class Lists(Campaign campaign, ApiDocument document)
{
    /// <summary>Reads what has one address, every list to its end, and every tenth item by itself: what was stored must look as the document says.</summary>
    /// <returns>How many things this holder sees.</returns>
    public async Task<int> ReadAllAsync(Holder holder, CancellationToken token)
    {
        var found = 0;
        foreach (var list in document.All.Where(operation => operation.Method == HttpMethod.Get && !operation.Path.Contains('{', StringComparison.Ordinal) && !IsRegistry(operation)))
        {
            if (!IsList(list))
            {
                await GetAsync(holder, list, list.Path, token);
                continue;
            }

            var single = document.All.FirstOrDefault(operation => operation.Method == HttpMethod.Get && operation.Path == $"{list.Path}/{{id}}");
            for (string? after = null, next = ""; next is not null; after = next)
            {
                var page = await GetAsync(holder, list, $"{list.Path}?limit=200{(after is null ? "" : $"&after={after}")}", token);
                foreach (var item in page?.GetProperty("items").EnumerateArray().ToArray() ?? [])
                {
                    found++;
                    if (single is not null && found % 10 == 0)
                    {
                        await GetAsync(holder, single, $"{list.Path}/{item.GetProperty("id").GetString()}", token);
                    }
                }

                next = page?.GetProperty("next").GetString();
            }
        }

        return found;
    }

    // 35 000 communes of the host's own, read elsewhere
    private static bool IsRegistry(ApiOperation operation) => operation.Path.StartsWith("/v1/reference/", StringComparison.Ordinal);

    private bool IsList(ApiOperation operation) => operation.Answer(200) is { } answer
        && answer.TryGetProperty("content", out var content) && content.TryGetProperty("application/json", out var form) && form.GetProperty("schema").TryGetProperty("$ref", out var reference) && document.Resolve(reference.GetString()!).GetProperty("properties").TryGetProperty("items", out _);

    private async Task<JsonElement?> GetAsync(Holder holder, ApiOperation operation, string target, CancellationToken token)
    {
        var (status, answer) = await campaign.SendAsync(holder, operation, new Wire("reading all", "GET", target, [], null, null), token);
        if (status != 200 && !(status == 403 && holder.Limited))
        {
            campaign.Fault($"GET {target} for the {holder.Name} → {status}");
        }

        return status == 200 ? answer : null;
    }
}
