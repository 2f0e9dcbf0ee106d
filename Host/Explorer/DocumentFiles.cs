using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using MilleCafes.Host.Platform;
using MilleCafes.Shared;

namespace MilleCafes.Host.Explorer;

/// <summary>The documents as files: each is written once a week, since nothing in it depends on the request.</summary>
internal sealed class DocumentFiles(IServiceProvider services, TimeProvider time)
{
    // An example or two tells a recent instant
    private static readonly TimeSpan Life = TimeSpan.FromDays(7);

    private readonly ConcurrentDictionary<string, Task<DocumentFile>> files = new();

    public async Task<IResult> AnswerAsync(string documentName)
    {
        if (DocumentLanguage.All.FirstOrDefault(language => language.DocumentName == documentName) is not { } language)
        {
            return new ProblemResult(PlatformErrors.RouteUnknown);
        }

        var writing = files.GetOrAdd(language.DocumentName, WriteAsync);
        try
        {
            var file = await writing;
            if (time.GetUtcNow() - file.WrittenAt > Life)
            {
                files.TryRemove(new(language.DocumentName, writing));
            }

            return TypedResults.Bytes(file.Content, "application/json; charset=utf-8", entityTag: file.Tag);
        }
        catch
        {
            // A failure is not kept: the next request tries again
            files.TryRemove(new(language.DocumentName, writing));
            throw;
        }
    }

    private async Task<DocumentFile> WriteAsync(string documentName)
    {
        var provider = services.GetRequiredKeyedService<IOpenApiDocumentProvider>(documentName);
        var document = await provider.GetOpenApiDocumentAsync(CancellationToken.None);
        using var stream = new MemoryStream();
        await document.SerializeAsJsonAsync(stream, OpenApiSpecVersion.OpenApi3_1);
        var content = stream.ToArray();
        return new(content, new($"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}\""), time.GetUtcNow());
    }

    private sealed record DocumentFile(byte[] Content, EntityTagHeaderValue Tag, DateTimeOffset WrittenAt);
}
