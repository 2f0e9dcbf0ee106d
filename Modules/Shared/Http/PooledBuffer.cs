using System.Buffers;

namespace MilleCafes.Shared;

/// <summary>Bytes of an answer that must be whole before its headers can be written; the array goes back to where it came from.</summary>
/// <param name="expected">How many bytes there may be; more are taken too.</param>
public sealed class PooledBuffer(int expected = PooledBuffer.Start) : IBufferWriter<byte>, IDisposable
{
    public const int Start = 4096;

    private byte[] array = ArrayPool<byte>.Shared.Rent(expected);

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => array.AsMemory(0, Length);

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return array.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return array.AsSpan(Length);
    }

    public void Dispose()
    {
        var rented = array;
        array = [];
        if (rented.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private void Reserve(int sizeHint)
    {
        if (array.Length - Length >= Math.Max(sizeHint, 1))
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(array.Length * 2, Length + sizeHint));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(array);
        array = larger;
    }
}
