using System.Text.RegularExpressions;

namespace MilleCafes.Architecture.Tests;

/// <summary>Connections go back to the pool as they are: nobody may leave anything on one.</summary>
internal static partial class SessionRules
{
    // Clears its connection before it gives it back
    private const string Presence = "Embedded/WolverineFx/Postgresql/NodeConnection.cs";

    public static IEnumerable<string> Lasting(IEnumerable<SourceFile> files) => files
        .Where(file => file.Path != Presence)
        .SelectMany(file => LastingStatement().Matches(file.Text).Select(statement =>
            $"{file.Path} says « {statement.Value} »: it outlives its transaction, on a connection that the pool does not reset."));

    // Not those of a transaction (« set local », « pg_advisory_xact_lock », « on commit drop »), nor the « set » of an update
    [GeneratedRegex("""(?<=")(set (session|time zone|role|[a-z_.]+ (=|to) [^"]*(?="))|listen |declare |prepare )|pg_(try_)?advisory_lock(_shared)?\(|create temp(orary)? table (?![^"]*on commit drop)""", RegexOptions.IgnoreCase)]
    private static partial Regex LastingStatement();
}
