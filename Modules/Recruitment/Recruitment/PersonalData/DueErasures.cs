using System.Buffers.Binary;
using Marten;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Recruitment.Waiting;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.PersonalData;

/// <summary>The list of what is due, what ends first first: each rule has an index in that order, and a page is made of both.</summary>
internal sealed class DueErasures(ModuleSession<IRecruitmentStore> session, RetentionSettings settings)
{
    private const int InstantBytes = 6;

    public async Task<Page<TView>> ReadAsync<TView>(ListDueErasures request, DateTimeOffset at, Func<GerantCandidature, RetentionTerm, TView> view, CancellationToken token)
    {
        var all = new DueCandidatures(settings, at);
        if (request.UpdatedSince is not null)
        {
            return await session.Query<GerantCandidature>(request).Where(all.IsDueOrEnded()).ToPageAsync(request, one => view(one, RetentionTerm.Of(one, settings)!), token);
        }

        Paging.TryParse(Order(request), request.After, out var after);
        var size = request.Limit ?? Paging.DefaultLimit;
        var silent = await all.Silent(session.Query<GerantCandidature>(), Earlier(after, settings.AfterLastContact)).Take(size + 1).ToListAsync(token);
        var declined = await all.Declined(session.Query<GerantCandidature>(), Earlier(after, settings.AfterDecline)).Take(size + 1).ToListAsync(token);
        var due = silent.Concat(declined).Where(all.Includes).Select(one => (Key: KeyOf(one), One: one)).OrderBy(row => row.Key).Take(size + 1).ToList();
        return new(
            [.. due.Take(size).Select(row => view(row.One, RetentionTerm.Of(row.One, settings)!))],
            due.Count > size ? Paging.Cursor(Order(request), due[size - 1].Key) : null);
    }

    /// <summary>Names the order in cursors.</summary>
    public static Type Order(ListDueErasures request) => request.UpdatedSince is null ? typeof(DueErasuresByEnd) : typeof(ListDueErasures);

    private Guid KeyOf(GerantCandidature one) => WaitingDocument.KeyOf(one.SilentKey == Guid.AllBitsSet ? one.StageSince + settings.AfterDecline : one.SilentSince + settings.AfterLastContact, one.Id);

    // The place of an end in the order of a beginning
    private static Guid Earlier(Guid key, TimeSpan span)
    {
        Span<byte> bytes = stackalloc byte[16];
        key.TryWriteBytes(bytes, bigEndian: true, out _);
        Span<byte> instant = stackalloc byte[8];
        instant.Clear();
        bytes[..InstantBytes].CopyTo(instant[2..]);
        var begins = BinaryPrimitives.ReadInt64BigEndian(instant) - (long)span.TotalMilliseconds;
        if (begins < 0)
        {
            return Guid.Empty;
        }

        BinaryPrimitives.WriteInt64BigEndian(instant, begins);
        instant[2..].CopyTo(bytes);
        return new(bytes, bigEndian: true);
    }

    private sealed class DueErasuresByEnd;
}
