using System.Security.Cryptography;
using MilleCafes.Host.Platform;
using MilleCafes.Host.Platform.EmbeddedPostgres;

namespace MilleCafes.Host.Webhooks.Sending;

/// <summary>Where the key of the seal comes from: a setting, or a file of its own that the first start makes.</summary>
internal static class SealKey
{
    private const string Setting = "Webhooks:SecretsKey";
    private const string FileSetting = "Webhooks:SecretsKeyFile";

    /// <exception cref="InvalidCommandLineException">There is no key that could be used.</exception>
    public static SecretSeal Read(WebhookSettings settings)
    {
        if (!string.IsNullOrWhiteSpace(settings.SecretsKey))
        {
            return new(Convert.FromBase64String(settings.SecretsKey.Trim()));
        }

        var path = settings.SecretsKeyFile is { Length: > 0 } chosen ? chosen : Path.Combine(DataLocation.DefaultParent(), "webhooks.key");
        try
        {
            return IsKey(ReadOrMake(path)) ? new(Convert.FromBase64String(File.ReadAllText(path).Trim())) : throw new IOException("32 bytes, base64?");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidCommandLineException(
                $"la clé qui protège les secrets des webhooks n'est ni lisible ni à créer dans {path} : donnez {FileSetting} ou {Setting} ({fault.Message})",
                $"the key that protects the webhooks' secrets can neither be read nor made in {path}: give {FileSetting} or {Setting} ({fault.Message})",
                fault);
        }
    }

    public static bool IsKey(string text) => Convert.TryFromBase64String(text.Trim(), stackalloc byte[SecretSeal.KeyBytes], out var written) && written == SecretSeal.KeyBytes;

    private static string ReadOrMake(string path)
    {
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            var own = $"{path}.{Environment.ProcessId}";
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var writer = new StreamWriter(own, options))
            {
                writer.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretSeal.KeyBytes)));
            }

            Publish(own, path);
        }

        return File.ReadAllText(path);
    }

    // Two hosts that start at once agree on the key of the faster one
    private static void Publish(string own, string path)
    {
        try
        {
            File.Move(own, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(own);
        }
    }
}
