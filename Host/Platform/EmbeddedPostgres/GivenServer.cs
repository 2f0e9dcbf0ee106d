using System.Net.Sockets;
using Npgsql;

namespace MilleCafes.Host.Platform.EmbeddedPostgres;

/// <summary>A server that somebody else looks after.</summary>
internal static class GivenServer
{
    private const string Setting = "ConnectionStrings:MilleCafes (or --connection)";

    public static async Task CheckAsync(string connectionString, CancellationToken cancellationToken)
    {
        var settings = Parse(connectionString);
        try
        {
            await using var connection = new NpgsqlConnection(settings.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            if (connection.PostgreSqlVersion.Major < PostgresBinaries.OldestMajor)
            {
                throw new PostgresUnavailableException(
                    $"the PostgreSQL at {Place(settings)} is version {connection.PostgreSqlVersion}: version {PostgresBinaries.OldestMajor} or newer is needed");
            }
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            throw new PostgresUnavailableException(
                $"the PostgreSQL at {Place(settings)} has no database \"{settings.Database}\": create it there, or correct {Setting}", exception);
        }
        catch (PostgresException exception)
        {
            throw new PostgresUnavailableException(
                $"the PostgreSQL at {Place(settings)} refused the connection ({exception.MessageText}): correct {Setting}", exception);
        }
        catch (Exception exception) when (exception is NpgsqlException or SocketException or TimeoutException or ArgumentException)
        {
            var cause = (exception.InnerException ?? exception).Message;
            throw new PostgresUnavailableException(
                $"the PostgreSQL at {Place(settings)} cannot be reached ({cause}): start it, or correct {Setting}", exception);
        }
    }

    private static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            // The text may hold a password: it is not repeated
            throw new PostgresUnavailableException(
                $"{Setting} is not a connection string: it looks like Host=localhost;Database=millecafes;Username=…;Password=…", exception);
        }
    }

    private static string Place(NpgsqlConnectionStringBuilder settings) => $"{settings.Host ?? "localhost"}:{settings.Port}";
}
