using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MilleCafes.Host.Platform;

/// <summary>The host's own options, and where it listens.</summary>
public static class CommandLine
{
    private const string PortKey = "Http:Port";
    private const int DefaultPort = 5080;

    /// <summary>Short options and the settings that they stand for.</summary>
    public static IDictionary<string, string> Switches { get; } = new Dictionary<string, string>
    {
        ["--port"] = PortKey,
        ["--data"] = "Postgres:DataDirectory",
        ["--connection"] = "ConnectionStrings:MilleCafes",
    };

    /// <summary>Where to listen: <c>--port</c> on loopback, else what ASP.NET Core was told, else port 5080 on loopback.</summary>
    /// <exception cref="InvalidCommandLineException">The port is not one.</exception>
    public static string Urls(IConfiguration configuration)
    {
        if (configuration[PortKey] is { } given)
        {
            return int.TryParse(given, CultureInfo.InvariantCulture, out var port) && port is >= 0 and <= IPEndPoint.MaxPort
                ? Loopback(port)
                : throw new InvalidCommandLineException(
                    $"--port {given} : un port est un nombre de 1 à {IPEndPoint.MaxPort}, ou 0 pour un port libre",
                    $"--port {given}: a port is a number from 1 to {IPEndPoint.MaxPort}, or 0 for a free one");
        }

        return configuration["urls"]
            ?? (configuration["http_ports"] is { Length: > 0 } ports ? $"http://*:{ports.Split(';')[0]}" : Loopback(DefaultPort));
    }

    /// <summary>Refuses what would be passed over in silence: a stray word, a switch without a value.</summary>
    /// <exception cref="InvalidCommandLineException">Something of it says nothing.</exception>
    public static void RequireWhole(IReadOnlyList<string> arguments)
    {
        for (var index = 0; index < arguments.Count; index++)
        {
            var given = arguments[index];
            if (!given.StartsWith("--", StringComparison.Ordinal))
            {
                throw new InvalidCommandLineException(
                    $"« {given} » : un réglage s'écrit --Nom=valeur ; {Usage.Hint}", $"“{given}”: a setting is written --Name=value; {Usage.Hint}");
            }

            if (!given.Contains('=', StringComparison.Ordinal) && ++index == arguments.Count)
            {
                throw new InvalidCommandLineException(
                    $"{given} : il manque une valeur ; {Usage.Hint}", $"{given}: a value is missing; {Usage.Hint}");
            }
        }
    }

    /// <summary>Says early, before anything is started, that another program listens there.</summary>
    /// <exception cref="InvalidCommandLineException">One of the ports is taken.</exception>
    public static void RequireFreePorts(string urls)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var address = BindingAddress.Parse(url);
            if (address.IsUnixPipe || address.Port == 0)
            {
                continue;
            }

            // Loopback is taken when any address is: both kinds of listener are found this way
            var host = IPAddress.TryParse(address.Host, out var parsed) ? parsed : IPAddress.Loopback;
            using var listener = new TcpListener(host, address.Port);
            try
            {
                listener.Start();
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                throw new InvalidCommandLineException(
                    $"le port {address.Port} est pris : arrêtez le programme qui y écoute, ou choisissez-en un autre par --port",
                    $"port {address.Port} is in use: end the program that listens there, or choose another with --port", exception);
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AccessDenied)
            {
                throw new InvalidCommandLineException(
                    $"le port {address.Port} est réservé à root : choisissez-en un au-dessus de 1023 par --port",
                    $"port {address.Port} is reserved for root: choose one above 1023 with --port", exception);
            }
        }
    }

    private static string Loopback(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
}
