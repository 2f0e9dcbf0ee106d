using System.Globalization;

namespace MilleCafes.Faults.Node;

/// <summary>What a node writes by itself while it lives.</summary>
internal enum Load
{
    /// <summary>It only handles what others left.</summary>
    Nothing,

    /// <summary>Rounds whose messages are handled at once.</summary>
    Prompt,

    /// <summary>Rounds of which some are served later, and some fail at first.</summary>
    Delayed,

    /// <summary>As delayed, with invoices, of which some cannot be printed.</summary>
    Invoiced,
}

/// <summary>What a node is told at its start: its database, the number of its first round, its load.</summary>
internal sealed record NodeOrder(string Connection, int First, Load Load)
{
    public IEnumerable<string> Arguments => [Connection, First.ToString(CultureInfo.InvariantCulture), Load.ToString()];

    public static NodeOrder Parse(string[] arguments) => arguments is [var connection, var first, var load]
        ? new(connection, int.Parse(first, CultureInfo.InvariantCulture), Enum.Parse<Load>(load))
        : throw new ArgumentException("A node needs a connection string, the number of its first round and a load.", nameof(arguments));
}
