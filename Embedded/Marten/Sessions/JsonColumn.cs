using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Npgsql;

namespace Marten.Sessions;

/// <summary>A jsonb column of the current row, read without a copy of its bytes on the heap.</summary>
internal static class JsonColumn
{
    // PostgreSQL sends the version of jsonb's format before the text
    private const int Prefix = 1;

    public static T? Read<T>(NpgsqlDataReader reader, int ordinal, JsonTypeInfo<T> type)
    {
        var length = Rent(reader, ordinal, out var buffer);
        try
        {
            return JsonSerializer.Deserialize(buffer.AsSpan(Prefix, length - Prefix), type);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static object? Read(NpgsqlDataReader reader, int ordinal, JsonTypeInfo type)
    {
        var length = Rent(reader, ordinal, out var buffer);
        try
        {
            return JsonSerializer.Deserialize(buffer.AsSpan(Prefix, length - Prefix), type);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Passes the text on piece by piece, for rows that are read in sequence.</summary>
    public static async Task CopyAsync(NpgsqlDataReader reader, Stream destination, CancellationToken token)
    {
        await using var json = await reader.GetStreamAsync(0, token);
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(json.Length, 32 * 1024));
        try
        {
            await json.ReadExactlyAsync(buffer.AsMemory(0, Prefix), token);
            while (await json.ReadAsync(buffer, token) is > 0 and var read)
            {
                await destination.WriteAsync(buffer.AsMemory(0, read), token);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int Rent(NpgsqlDataReader reader, int ordinal, out byte[] buffer)
    {
        var length = (int)reader.GetBytes(ordinal, 0, null, 0, 0);
        buffer = ArrayPool<byte>.Shared.Rent(length);
        reader.GetBytes(ordinal, 0, buffer, 0, length);
        return length;
    }
}
