using System.Net.Sockets;
using Npgsql;

namespace Wolverine.Runtime;

/// <summary>Tells a database that is away from a message that cannot be handled.</summary>
internal static class Faults
{
    public static bool IsConnectionFault(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case PostgresException reply when IsAway(reply.SqlState):
                case SocketException or EndOfStreamException:
                    return true;
                case PostgresException:
                    return false;
                case NpgsqlException { IsTransient: true }:
                    return true;
            }
        }

        return false;
    }

    // Shutting down, starting up, read-only after a fail-over, too many connections, connection lost
    private static bool IsAway(string state) =>
        state.StartsWith("57P0", StringComparison.Ordinal) || state.StartsWith("08", StringComparison.Ordinal)
        || state is PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.ReadOnlySqlTransaction;
}
