using MilleCafes.Shared;

namespace MilleCafes.Host.Platform;

/// <summary>An option that cannot be followed; the message is one sentence for the person at the terminal, in their language.</summary>
public sealed class InvalidCommandLineException : Exception
{
    public InvalidCommandLineException()
    {
    }

    public InvalidCommandLineException(string message) : base(message)
    {
    }

    public InvalidCommandLineException(string message, Exception innerException) : base(message, innerException)
    {
    }

    public InvalidCommandLineException(string french, string english, Exception? innerException = null)
        : base(Language.Choose(french, english), innerException)
    {
    }
}
