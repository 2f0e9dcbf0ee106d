using MilleCafes.Host;

var builder = WebApplication.CreateBuilder(args);
var connection = builder.Configuration.GetConnectionString("MilleCafes") ?? throw new InvalidOperationException("No database.");
await using var application = MilleCafesApplication.Build(builder, connection, Console.Out);
await application.RunAsync();
