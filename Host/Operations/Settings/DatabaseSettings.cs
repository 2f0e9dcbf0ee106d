using MilleCafes.Shared;
using Npgsql;

namespace MilleCafes.Host.Operations.Settings;

/// <summary>Which PostgreSQL the host works with: one that it is given, or its own.</summary>
internal sealed record DatabaseSettings(string? Connection, string? DataDirectory)
{
    private const string ConnectionKey = "ConnectionStrings:MilleCafes";
    private const string DataKey = "Postgres:DataDirectory";
    private const string Example = "Host=localhost;Database=millecafes;Username=…;Password=…";

    public static DatabaseSettings Read(SettingsReader read)
    {
        if (read.IsGiven(ConnectionKey) && read.IsGiven(DataKey))
        {
            read.Refuse(
                $"{ConnectionKey} (--connection) et {DataKey} (--data) se contredisent : donnez l'un ou l'autre",
                $"{ConnectionKey} (--connection) and {DataKey} (--data) contradict each other: give one or the other");
        }

        return new(read.Secret(ConnectionKey, IsConnection, $"une chaîne de connexion, comme {Example}", $"a connection string, such as {Example}"), read.Text(DataKey));
    }

    private static bool IsConnection(string text)
    {
        try
        {
            _ = new NpgsqlConnectionStringBuilder(text);
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            return false;
        }
    }
}
