using System.Text.Json.Serialization;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Waiting;

/// <summary>A document of whose state something follows that is stored for the indexes only.</summary>
internal abstract record DerivedDocument : Document
{
    /// <summary>One more whenever something else follows from a state than before: at the next start, documents of earlier versions are stored again.</summary>
    public const int CurrentVersion = 5;

    /// <summary>By which version it was stored; null in what has not been stored since there is one.</summary>
    public int? DerivedVersion { get; init; } = CurrentVersion;
}

/// <summary>A document that may wait for somebody; what it waits for follows from its state.</summary>
internal abstract record WaitingDocument : DerivedDocument
{
    private const int Instant = 6;

    /// <summary>Whether the candidature that it belongs to has gone on without it, or left.</summary>
    public bool Settled { get; init; }

    /// <summary>What it waits for by itself; null for nothing.</summary>
    [JsonIgnore]
    public abstract Wait? Wait { get; }

    /// <summary>The instant since when, and then the id: after all others for what waits for nobody.</summary>
    public Guid WaitKey => Pending is { } wait ? KeyOf(wait.Since, Id) : Guid.AllBitsSet;

    /// <summary>On whom; null for nobody.</summary>
    public WaitingOn? WaitOn => Pending?.On;

    private Wait? Pending => DeletedAt is null && !Settled ? Wait : null;

    /// <summary>Sorts as the instant does, and then as the chance in the id.</summary>
    public static Guid KeyOf(DateTimeOffset since, Guid id)
    {
        Span<byte> key = stackalloc byte[16];
        id.TryWriteBytes(key, bigEndian: true, out _);
        Span<byte> instant = stackalloc byte[16];
        Guid.CreateVersion7(since < DateTimeOffset.UnixEpoch ? DateTimeOffset.UnixEpoch : since).TryWriteBytes(instant, bigEndian: true, out _);
        instant[..Instant].CopyTo(key);
        return new(key, bigEndian: true);
    }
}
