using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;
using MilleCafes.Shared;

namespace MilleCafes.Host.Platform;

/// <summary>Gives a tag to each answer to a GET that has none of its own, and does not send what the client has.</summary>
internal static class EntityTags
{
    public static Task Write(HttpContext http, RequestDelegate next)
    {
        return HttpMethods.IsGet(http.Request.Method) ? WriteAsync() : next(http);

        async Task WriteAsync()
        {
            var inner = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
            using var body = new HeldBody(inner, http.Response);
            http.Features.Set<IHttpResponseBodyFeature>(body);
            try
            {
                await next(http);
            }
            finally
            {
                http.Features.Set(inner);
            }

            await body.ReleaseAsync(http);
        }
    }

    /// <summary>Passes on what comes with a tag, and holds back what comes without until its tag is known.</summary>
    private sealed class HeldBody(IHttpResponseBodyFeature inner, HttpResponse response) : IHttpResponseBodyFeature, IDisposable
    {
        private MemoryStream? held;
        private PipeWriter? writer;

        public Stream Stream => IsHeld ? held ??= new() : inner.Stream;

        public PipeWriter Writer => IsHeld ? writer ??= PipeWriter.Create(Stream, new(leaveOpen: true)) : inner.Writer;

        private bool IsHeld => held is not null || (response is { HasStarted: false, StatusCode: StatusCodes.Status200OK } && response.Headers.ETag.Count == 0);

        public void DisableBuffering() => inner.DisableBuffering();

        public Task StartAsync(CancellationToken cancellationToken = default) => IsHeld ? Task.CompletedTask : inner.StartAsync(cancellationToken);

        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
            IsHeld ? SendFileFallback.SendFileAsync(Stream, path, offset, count, cancellationToken) : inner.SendFileAsync(path, offset, count, cancellationToken);

        public async Task CompleteAsync()
        {
            if (writer is not null)
            {
                await writer.FlushAsync();
            }

            if (held is null)
            {
                await inner.CompleteAsync();
            }
        }

        public async Task ReleaseAsync(HttpContext http)
        {
            if (held is null)
            {
                return;
            }

            await CompleteAsync();
            var content = held.GetBuffer().AsMemory(0, (int)held.Length);
            if (response.StatusCode == StatusCodes.Status200OK)
            {
                var tag = EntityTag.Of(content.Span);
                response.Headers.ETag = tag;
                if (EntityTag.IsKnown(http.Request, tag))
                {
                    response.StatusCode = StatusCodes.Status304NotModified;
                    response.ContentType = null;
                    response.ContentLength = null;
                    return;
                }
            }

            response.ContentLength = content.Length;
            await inner.Stream.WriteAsync(content, http.RequestAborted);
        }

        public void Dispose() => held?.Dispose();
    }
}
