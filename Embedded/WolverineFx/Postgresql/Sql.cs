using Npgsql;
using NpgsqlTypes;

namespace Wolverine.Postgresql;

/// <summary>Short forms of the few ways commands are run here, always with parameters by position.</summary>
internal static class Sql
{
    public static NpgsqlBatchCommand Command(string text, params object?[] values)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var value in values)
        {
            command.Parameters.Add(Parameter(value));
        }

        return command;
    }

    /// <summary>A parameter that is not boxed.</summary>
    public static NpgsqlParameter<T> Typed<T>(T value) => new() { TypedValue = value };

    public static async Task<int> ExecuteAsync(this NpgsqlConnection connection, string text, CancellationToken token, params object?[] values)
    {
        await using var command = connection.CreateCommand(text, values);
        return await command.ExecuteNonQueryAsync(token);
    }

    /// <summary>The first column of the first row; null, where T can be null, when there is no row.</summary>
    public static async Task<T> ScalarAsync<T>(this NpgsqlConnection connection, string text, CancellationToken token, params object?[] values)
    {
        await using var command = connection.CreateCommand(text, values);
        return (T)(await command.ExecuteScalarAsync(token))!;
    }

    public static async Task<int> ExecuteAsync(this NpgsqlDataSource database, string text, CancellationToken token, params object?[] values)
    {
        await using var connection = await database.OpenConnectionAsync(token);
        return await connection.ExecuteAsync(text, token, values);
    }

    private static NpgsqlCommand CreateCommand(this NpgsqlConnection connection, string text, object?[] values)
    {
        var command = new NpgsqlCommand(text, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(Parameter(value));
        }

        return command;
    }

    private static NpgsqlParameter Parameter(object? value) => value switch
    {
        null => new NpgsqlParameter { Value = DBNull.Value },
        NpgsqlParameter parameter => parameter,
        DateTimeOffset time => new NpgsqlParameter { Value = time.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz },
        _ => new NpgsqlParameter { Value = value }
    };
}
