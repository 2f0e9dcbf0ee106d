namespace MilleCafes.Host.Platform;

/// <summary>The host is small when nobody asks anything of it.</summary>
internal static class Memory
{
    /// <summary>The start leaves twice the registry's size in garbage, and an idle host would not collect it for hours.</summary>
    public static void ReleaseWhatTheStartNeeded(this WebApplication application) => application.Lifetime.ApplicationStarted.Register(
        () => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true));
}
