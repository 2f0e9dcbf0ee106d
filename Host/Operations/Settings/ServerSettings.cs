using System.Net;
using MilleCafes.Shared;

namespace MilleCafes.Host.Operations.Settings;

/// <summary>Where the host listens; <c>CommandLine</c> decides between the two.</summary>
internal sealed record ServerSettings(int Port, string? Urls)
{
    private const int UsualPort = 5080;

    public static ServerSettings Read(SettingsReader read)
    {
        var settings = new ServerSettings(read.Number("Http:Port", UsualPort, 0, IPEndPoint.MaxPort), read.Text("URLS"));
        foreach (var url in settings.Urls?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
        {
            if (!IsAddress(url))
            {
                read.Refuse($"URLS : « {url} » n'est pas une adresse où écouter, comme http://127.0.0.1:5080", $"URLS: “{url}” is not an address to listen on, such as http://127.0.0.1:5080");
            }
        }

        return settings;
    }

    private static bool IsAddress(string url)
    {
        try
        {
            return BindingAddress.Parse(url).Scheme is "http" or "https";
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
