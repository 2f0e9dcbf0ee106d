using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;
using MilleCafes.Host.Platform;
using MilleCafes.Shared;

namespace MilleCafes.Host.Access.Audit;

/// <summary>The way out of every answer that may show persons: nothing passes before it is written down who reads of whom.</summary>
internal sealed class NotedBody(IHttpResponseBodyFeature inner, Func<Task> note) : IHttpResponseBodyFeature
{
    private Stream? stream;
    private PipeWriter? writer;

    public Stream Stream => stream ??= new NotedStream(inner.Stream, note);

    public PipeWriter Writer => writer ??= PipeWriter.Create(Stream, new(leaveOpen: true));

    /// <summary>Watches the answers to those who may read of persons; a 304 and the answer to HEAD have no body, and show nothing.</summary>
    public static Task Watch(HttpContext http, RequestDelegate next)
    {
        return MayComeToRead(http) && http.Features.Get<HeadRequest>() is null ? WatchAsync() : next(http);

        async Task WatchAsync()
        {
            var inner = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
            var reads = http.RequestServices.GetRequiredService<PersonalDataReads>();
            var body = new NotedBody(inner, () => reads.NoteAsync(http));
            http.Features.Set<IHttpResponseBodyFeature>(body);
            try
            {
                await next(http);
                await body.FlushAsync();
            }
            finally
            {
                http.Features.Set(inner);
            }
        }
    }

    // Whoever follows the link of their mail is known to be the person only once its token was compared
    private static bool MayComeToRead(HttpContext http) => http.Features.Get<Holder>() is { Kind: not HolderKind.Public } holder ? holder.MayReadPersonalData : HttpMethods.IsPost(http.Request.Method);

    public void DisableBuffering() => inner.DisableBuffering();

    public Task StartAsync(CancellationToken cancellationToken = default) => inner.StartAsync(cancellationToken);

    public async Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default)
    {
        await note();
        await inner.SendFileAsync(path, offset, count, cancellationToken);
    }

    public async Task CompleteAsync()
    {
        await FlushAsync();
        await inner.CompleteAsync();
    }

    private async Task FlushAsync()
    {
        if (writer is not null)
        {
            await writer.FlushAsync();
        }
    }

    private sealed class NotedStream(Stream inner, Func<Task> note) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await note();
            await inner.WriteAsync(buffer, cancellationToken);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override async Task FlushAsync(CancellationToken cancellationToken)
        {
            await note();
            await inner.FlushAsync(cancellationToken);
        }

        // Kestrel lets nobody write while a thread waits
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
