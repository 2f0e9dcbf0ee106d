using MilleCafes.Shared;

namespace MilleCafes.Host.Platform.EmbeddedPostgres;

/// <summary>There is no PostgreSQL to work with. The message is one sentence for the person at the terminal, in their language, and says what to do.</summary>
public sealed class PostgresUnavailableException : Exception
{
    public PostgresUnavailableException()
    {
    }

    public PostgresUnavailableException(string message) : base(message)
    {
    }

    public PostgresUnavailableException(string message, Exception innerException) : base(message, innerException)
    {
    }

    public PostgresUnavailableException(string french, string english, Exception? innerException = null)
        : base(Language.Choose(french, english), innerException)
    {
    }
}
