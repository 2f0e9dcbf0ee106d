using System.Runtime.InteropServices;

namespace MilleCafes.Host.Platform;

/// <summary>The host is small when nobody asks anything of it.</summary>
internal static class Memory
{
    // M_MMAP_THRESHOLD of malloc.h
    private const int Threshold = -3;
    private const int CompilersBlock = 64 * 1024;

    /// <summary>Where the C library is glibc: the compiler takes blocks of this size, which go back to the system as soon as a method is compiled.</summary>
    public static void ReturnWhatTheCompilerNeeded()
    {
        try
        {
            _ = SetAllocation(Threshold, CompilersBlock);
        }
        catch (Exception other) when (other is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library
        }
    }

    /// <summary>The start leaves twice the registry's size in garbage, and an idle host would not collect it for hours.</summary>
    public static void ReleaseWhatTheStartNeeded(this WebApplication application) => application.Lifetime.ApplicationStarted.Register(
        () => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true));

    [DllImport("libc.so.6", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int SetAllocation(int parameter, int value);
}
