using System.Diagnostics;
using Npgsql;

namespace MilleCafes.Host.Platform;

/// <summary>The one pool of connections that everything shares.</summary>
internal static class Database
{
    // The statements of the slices: each is parsed once a connection
    private const int MostPrepared = 100;

    /// <summary>Without the types that no module uses (ranges, geometry, text search), which would take several megabytes to get ready.</summary>
    public static NpgsqlDataSource Open(string connection) => new NpgsqlSlimDataSourceBuilder(connection)
    {
        Name = "millecafes",
        // Nothing here changes its session and gives it back so: seven statements less before the first one of every request
        ConnectionStringBuilder = { MaxAutoPrepare = MostPrepared, AutoPrepareMinUsages = 2, NoResetOnClose = true },
    }
        // The heartbeat's statements belong to no request
        .ConfigureTracing(tracing => tracing
            .ConfigureCommandFilter(_ => Activity.Current is not null).ConfigureBatchFilter(_ => Activity.Current is not null).EnablePhysicalOpenTracing(false))
        .EnableArrays()
        .EnableJsonTypes()
        .EnableTransportSecurity()
        .EnableIntegratedSecurity()
        .Build();
}
