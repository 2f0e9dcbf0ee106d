using System.Collections.Immutable;

namespace MilleCafes.Host.Operations.Settings;

/// <summary>The host cannot start with what was set; each fault is one sentence for the person at the terminal, in their language.</summary>
public sealed class InvalidSettingsException : Exception
{
    public InvalidSettingsException()
    {
    }

    public InvalidSettingsException(string message) : base(message) => Faults = [message];

    public InvalidSettingsException(string message, Exception innerException) : base(message, innerException) => Faults = [message];

    public InvalidSettingsException(IEnumerable<string> faults) : base(string.Join('\n', faults)) => Faults = [.. faults];

    /// <summary>All that is wrong.</summary>
    public ImmutableArray<string> Faults { get; } = [];
}
