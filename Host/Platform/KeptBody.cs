using MilleCafes.Shared;

namespace MilleCafes.Host.Platform;

/// <summary>A request's body that remembers what was read of it, unless that is long.</summary>
internal sealed class KeptBody(Stream inner) : Stream
{
    private const int Longest = 64 * 1024;

    private PooledBuffer? kept;
    private bool forgotten;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Everything, also what nobody has read so far; null when it is too long.</summary>
    public async Task<ReadOnlyMemory<byte>?> WholeAsync(CancellationToken token)
    {
        var rest = new byte[4096];
        while (!forgotten && await ReadAsync(rest, token) > 0)
        {
        }

        return forgotten ? null : kept?.Written ?? default;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Keep(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = inner.Read(buffer, offset, count);
        Keep(buffer.AsSpan(offset, read));
        return read;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        kept?.Dispose();
        (kept, forgotten) = (null, true);
        base.Dispose(disposing);
    }

    private void Keep(ReadOnlySpan<byte> read)
    {
        if (forgotten || read.IsEmpty)
        {
            return;
        }

        kept ??= new();
        if (kept.Length + read.Length > Longest)
        {
            kept.Dispose();
            (kept, forgotten) = (null, true);
            return;
        }

        read.CopyTo(kept.GetSpan(read.Length));
        kept.Advance(read.Length);
    }
}
