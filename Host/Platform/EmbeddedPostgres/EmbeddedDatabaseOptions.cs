namespace MilleCafes.Host.Platform.EmbeddedPostgres;

/// <summary>Where the server's files are, and how they are treated.</summary>
/// <param name="DataDirectory">PostgreSQL's own data directory; null takes the place that suits this clone.</param>
/// <param name="Throwaway">The data need not survive a crash of the machine: much faster, for tests only.</param>
public sealed record EmbeddedDatabaseOptions(string? DataDirectory = null, bool Throwaway = false);
