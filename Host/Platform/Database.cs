using Npgsql;

namespace MilleCafes.Host.Platform;

/// <summary>The one pool of connections that everything shares.</summary>
internal static class Database
{
    /// <summary>Without the types that no module uses (ranges, geometry, text search), which would take several megabytes to get ready.</summary>
    public static NpgsqlDataSource Open(string connection) => new NpgsqlSlimDataSourceBuilder(connection)
        .EnableArrays()
        .EnableJsonTypes()
        .EnableTransportSecurity()
        .EnableIntegratedSecurity()
        .Build();
}
