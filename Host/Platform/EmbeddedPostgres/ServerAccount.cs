using System.Globalization;

namespace MilleCafes.Host.Platform.EmbeddedPostgres;

/// <summary>The account that the server runs under: it refuses root, so a host started by root lends it another one.</summary>
internal sealed class ServerAccount
{
    private const string Unprivileged = "postgres";

    private readonly string[] prefix;

    private ServerAccount(string[] prefix, string? owner)
    {
        this.prefix = prefix;
        Owner = owner;
    }

    /// <summary>The user and group (numbers) that the server's files must belong to; null when they are the host's own.</summary>
    public string? Owner { get; }

    /// <summary>The host's own account, or for root the owner of the data, or <c>postgres</c>.</summary>
    public static async Task<ServerAccount> ForAsync(string? existingData, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return new ServerAccount([], owner: null);
        }

        var owner = existingData is null ? null : await OwnerOfAsync(existingData, cancellationToken);
        if (owner is null || owner.StartsWith("0:", StringComparison.Ordinal))
        {
            owner = await IdsOfAsync(Unprivileged, cancellationToken) ?? throw new PostgresUnavailableException(
                $"PostgreSQL refuses to run as root, and this machine has no user ‘{Unprivileged}’: "
                + "install PostgreSQL from the distribution, or run this as another user");
        }

        var ids = owner.Split(':');
        return new ServerAccount(["setpriv", $"--reuid={ids[0]}", $"--regid={ids[1]}", "--clear-groups", "--"], owner);
    }

    public Task<Command> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        string[] words = [.. prefix, program, .. arguments];
        return Command.RunAsync(words[0], words[1..], cancellationToken);
    }

    public async Task<bool> CanEnterAsync(string directory, CancellationToken cancellationToken) =>
        (await RunAsync("test", ["-x", directory], cancellationToken)).Succeeded;

    public async Task<bool> CanWriteAsync(string directory, CancellationToken cancellationToken) =>
        (await RunAsync("test", ["-w", directory, "-a", "-x", directory], cancellationToken)).Succeeded;

    public async Task OwnAsync(string path, CancellationToken cancellationToken)
    {
        if (Owner is not null && await Command.RunAsync("chown", [Owner, path], cancellationToken) is { Succeeded: false } failure)
        {
            throw new PostgresUnavailableException($"{path} cannot be given to PostgreSQL’s user ({failure.LastWords}): give another directory with --data");
        }
    }

    public static async Task<string?> OwnerOfAsync(string path, CancellationToken cancellationToken)
    {
        var answer = await Command.RunAsync("stat", ["-c", "%u:%g", path], cancellationToken);
        return answer.Succeeded ? answer.Output.Trim() : null;
    }

    private static async Task<string?> IdsOfAsync(string user, CancellationToken cancellationToken)
    {
        var uid = await Command.RunAsync("id", ["-u", user], cancellationToken);
        var gid = await Command.RunAsync("id", ["-g", user], cancellationToken);
        return uid.Succeeded && gid.Succeeded
            ? string.Create(CultureInfo.InvariantCulture, $"{uid.Output.Trim()}:{gid.Output.Trim()}")
            : null;
    }
}
