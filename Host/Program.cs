using System.Net.Sockets;
using Marten.Exceptions;
using MilleCafes.Host;
using MilleCafes.Host.Operations.Settings;
using MilleCafes.Host.Platform;
using MilleCafes.Host.Platform.EmbeddedPostgres;
using Npgsql;

Memory.ReturnWhatTheCompilerNeeded();
try
{
    using var interruption = new Interruption();
    var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
    if (Usage.IsAskedFor(args))
    {
        await Console.Out.WriteLineAsync(Usage.Text(builder.Environment));
        return 0;
    }

    CommandLine.RequireWhole(args);
    builder.Configuration.AddCommandLine(args, CommandLine.Switches);
    HostSettings.Check(builder.Configuration, builder.Environment);
    var urls = CommandLine.Urls(builder.Configuration);
    CommandLine.RequireFreePorts(urls);
    builder.WebHost.UseKestrelHttpsConfiguration().UseUrls(urls);
    await using var database = await EmbeddedDatabase.StartUnlessGivenAsync(builder.Configuration, Console.Out, interruption.Token);
    await using var application = MilleCafesApplication.Build(builder, database.ConnectionString, Console.Out);
    application.ReleaseWhatTheStartNeeded();
    await application.RunAsync(interruption.Token);
    return 0;
}
catch (InvalidSettingsException exception)
{
    foreach (var fault in exception.Faults)
    {
        await Console.Error.WriteLineAsync($"mille-cafes: {fault}");
    }

    await Console.Error.WriteLineAsync($"mille-cafes: {Usage.Hint}");

    return 1;
}
catch (Exception exception) when (exception is PostgresUnavailableException or InvalidCommandLineException or MartenException or NpgsqlException or InvalidDataException or IOException or SocketException)
{
    await Console.Error.WriteLineAsync($"mille-cafes: {exception.Message}");
    return 1;
}
catch (OperationCanceledException)
{
    return 130;
}
