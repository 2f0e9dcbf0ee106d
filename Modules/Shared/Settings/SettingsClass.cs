namespace MilleCafes.Shared;

/// <summary>A setting that the host knows.</summary>
/// <param name="Default">What holds in Production when nobody sets it, as one would write it; empty when that is nothing.</param>
/// <param name="IsList">Whether its values are numbered: <c>Key:0</c>, <c>Key:1</c>…</param>
public sealed record DeclaredSetting(string Key, string Default, bool IsList = false);

/// <summary>Settings that belong together: read at start, and a service of their own.</summary>
public sealed record SettingsClass(Type Type, Func<SettingsReader, object> Read)
{
    /// <summary>The settings that one reading gives.</summary>
    public static SettingsClass Of<T>(Func<SettingsReader, T> read)
        where T : class => new(typeof(T), read);
}
