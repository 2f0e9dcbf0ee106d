using Npgsql;

namespace Wolverine.Runtime;

/// <summary>Tells a database that is away from a message that cannot be handled.</summary>
internal static class Faults
{
    /// <summary>Other servers' faults are the handler's own affair; for what took too long see <see cref="IsTimeout"/>.</summary>
    public static bool IsConnectionFault(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case PostgresException reply:
                    return IsAway(reply.SqlState);
                case NpgsqlException { IsTransient: true, InnerException: not TimeoutException }:
                    return true;
            }
        }

        return false;
    }

    /// <summary>No connection could be had in time, or a command was not answered in time: by the fault alone nobody can tell which.</summary>
    public static bool IsTimeout(Exception exception)
    {
        var cause = exception;
        while (cause is not (null or NpgsqlException { InnerException: TimeoutException }))
        {
            cause = cause.InnerException;
        }

        return cause is not null;
    }

    // Shutting down, starting up, read-only after a fail-over, too many connections, connection lost
    private static bool IsAway(string state) =>
        state.StartsWith("57P0", StringComparison.Ordinal) || state.StartsWith("08", StringComparison.Ordinal)
        || state is PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.ReadOnlySqlTransaction;
}
