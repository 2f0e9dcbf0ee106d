using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Wolverine.Runtime;

/// <summary>Finds the one database of messages and stores.</summary>
internal static class MessageDatabase
{
    public static NpgsqlDataSource Of(WolverineOptions options, IServiceProvider services)
    {
        var stores = services.GetServices<IIntegratedStore>().ToList();
        var database = options.MessageDatabase?.Invoke() ?? stores.FirstOrDefault()?.Database
            ?? throw new InvalidOperationException("No message database: integrate a document store, or include MartenIntegration with a data source.");
        foreach (var stray in stores.Where(candidate => Place(candidate.Database) != Place(database)))
        {
            throw new InvalidOperationException($"{stray.Name} is in another database than the messages, so they could not be committed together.");
        }

        return database;
    }

    private static (string? Host, int Port, string? Database) Place(NpgsqlDataSource source)
    {
        var settings = new NpgsqlConnectionStringBuilder(source.ConnectionString);
        return (settings.Host, settings.Port, settings.Database);
    }
}
