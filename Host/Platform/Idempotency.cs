using System.Runtime.InteropServices;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using MilleCafes.Host.Webhooks.Sending;
using MilleCafes.Shared;
using Npgsql;

namespace MilleCafes.Host.Platform;

/// <summary>A POST that is sent again under the same <c>Idempotency-Key</c> does not act again: it gets the first answer.</summary>
internal sealed class Idempotency(RequestDelegate next, IdempotencyKeys keys, SecretSeal seal, TimeProvider time, ILogger<Idempotency> logger)
{
    private const string Header = "Idempotency-Key";
    private const int LongestKey = 255;

    // What is written about an act must be written though its client is gone, or its time is up
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public Task InvokeAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || !http.Request.Headers.TryGetValue(Header, out var given)
            || http.GetEndpoint()?.Metadata.GetMetadata<OperationText>() is null || http.User.FindFirstValue(ClaimTypes.NameIdentifier) is not { } holder)
        {
            return next(http);
        }

        return given is [{ Length: > 0 and <= LongestKey } key] && !key.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? ActOnceAsync(http, new(holder, key))
            : new ProblemResult(PlatformErrors.IdempotencyKeyMalformed).ExecuteAsync(http);
    }

    private async Task ActOnceAsync(HttpContext http, IdempotencyKey key)
    {
        using var body = await ReadAsync(http.Request);
        var claim = Guid.CreateVersion7(time.GetUtcNow());
        var state = await keys.ClaimAsync(key.Id, DigestOf(http.Request, body.Written.Span), claim, http.RequestAborted);
        switch (state)
        {
            case { Claimed: true }:
                await ActAsync(http, key, claim);
                break;
            case { Same: false }:
                await new ProblemResult(PlatformErrors.IdempotencyKeyReused).ExecuteAsync(http);
                break;
            // Who may read less than the first time is not shown what the first one was
            case { Answer: { } closed } when key.Open(closed, seal) is { } answer && http.Features.Get<Holder>() is { } holder && answer.Rights.AreWithin(holder):
                await answer.ReplayAsync(http);
                break;
            case { Lost: true } or { Answer: not null }:
                await new ProblemResult(PlatformErrors.IdempotencyAnswerLost).ExecuteAsync(http);
                break;
            default:
                http.Response.Headers.RetryAfter = "1";
                await new ProblemResult(PlatformErrors.IdempotencyKeyInFlight).ExecuteAsync(http);
                break;
        }
    }

    private async Task ActAsync(HttpContext http, IdempotencyKey key, Guid claim)
    {
        http.RequestServices.GetRequiredService<CommitMark>().Ask(IdempotencyKeys.MarkDone, key.Id, claim);
        using var content = new MemoryStream();
        try
        {
            await CaptureAsync(http, content);
        }
        catch
        {
            await WriteAsync(token => keys.ReleaseAsync(key.Id, claim, token));
            throw;
        }

        // Only what was done is kept: a refusal may be none the next time
        var response = http.Response;
        var answer = StoredAnswer.Of(http, content.ToArray());
        await WriteAsync(token => response.StatusCode is >= 200 and < 300
            ? keys.KeepAsync(key.Id, claim, key.Close(answer, seal), answer.Subjects(http), token)
            : keys.ReleaseAsync(key.Id, claim, token));
        if (content.Length > 0)
        {
            await response.Body.WriteAsync(content.GetBuffer().AsMemory(0, (int)content.Length), http.RequestAborted);
        }
    }

    /// <summary>Lets the rest of the pipeline answer into memory.</summary>
    private async Task CaptureAsync(HttpContext http, MemoryStream content)
    {
        var inner = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var capture = new StreamResponseBodyFeature(content);
        http.Features.Set<IHttpResponseBodyFeature>(capture);
        try
        {
            await next(http);
            await capture.CompleteAsync();
        }
        finally
        {
            http.Features.Set(inner);
        }
    }

    // The act and its mark are committed by now, or never will be: a failure here must not change what is answered
    private async Task WriteAsync(Func<CancellationToken, Task> write)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            await write(patience.Token);
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException)
        {
            logger.LogWarning("What became of an idempotency key is not kept: {Reason}", exception.Message);
        }
    }

    /// <summary>Reads the body whole, and leaves it to be read again.</summary>
    private static async Task<PooledBuffer> ReadAsync(HttpRequest request)
    {
        var body = new PooledBuffer();
        int read;
        while ((read = await request.Body.ReadAsync(body.GetMemory(), request.HttpContext.RequestAborted)) > 0)
        {
            body.Advance(read);
        }

        if (MemoryMarshal.TryGetArray(body.Written, out var bytes))
        {
            request.Body = new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false);
        }

        return body;
    }

    private static byte[] DigestOf(HttpRequest request, ReadOnlySpan<byte> body)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.PathBase}{request.Path}{request.QueryString}\n"));
        digest.AppendData(body);
        return digest.GetHashAndReset();
    }
}
