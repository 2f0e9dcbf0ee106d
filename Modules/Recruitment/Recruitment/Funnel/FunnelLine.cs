using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using MilleCafes.Recruitment.GerantCandidatures;
using MilleCafes.Shared;

namespace MilleCafes.Recruitment.Funnel;

/// <summary>All that the funnel counts of one candidature, as one short text: an index of these texts is read instead of the documents.</summary>
/// <param name="Source">The partner that sent it, or what is said of where it comes from; empty when nothing is.</param>
/// <param name="Offer">The offer that it answers; also null in a line that an earlier version wrote.</param>
internal sealed record FunnelLine(DateOnly ReceivedOn, Antenne? Antenne, string Departement, Journey Journey, string Source, Guid? Offer = null)
{
    private const char Between = '|';
    private const char BetweenDays = '.';
    private const string Client = "client:";
    private const string Name = "name:";

    /// <summary>The text of a candidature; empty when it is not counted.</summary>
    public static string Of(GerantCandidature candidature) => Journey.Of(candidature) is { } journey
        ? new FunnelLine(
            LocalDays.Of(candidature.Stages[0].At), candidature.Antenne, candidature.Departement ?? "", journey, SourceOf(candidature.Source.Partner, candidature.Source.Name), candidature.OfferId).ToString()
        : "";

    /// <summary>Names as people type them: blanks and capitals make no other source.</summary>
    public static string SourceOf(Guid? partner, string? name) =>
        partner is not null ? $"{Client}{partner}" : string.IsNullOrWhiteSpace(name) ? "" : Name + name.Trim().ToLowerInvariant();

    /// <summary>What all lines of a day begin with, so that a period is a range of the index.</summary>
    public static string Start(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    // A hundred thousand are read for one answer: without a piece of text for each part
    public static FunnelLine Read(ReadOnlySpan<char> line)
    {
        var day = Next(ref line, Between);
        var antenne = Next(ref line, Between);
        var departement = Next(ref line, Between);
        var days = Next(ref line, Between);
        var reached = Next(ref line, Between);
        var offer = Next(ref line, Between);
        var end = Next(ref offer, BetweenDays);
        var reason = Next(ref offer, BetweenDays);
        return new(
            new(Number(day[..4]), Number(day[4..6]), Number(day[6..])),
            antenne.IsEmpty ? null : Enum.Parse<Antenne>(antenne),
            departement.ToString(),
            new(Days(days), Number(reached), Enum.Parse<JourneyEnd>(end), reason.IsEmpty ? null : Enum.Parse<DeclineReason>(reason)),
            // It comes last: what people write may hold any character
            line.ToString(),
            OfferIn(offer));
    }

    /// <summary>The client behind a source, or its name.</summary>
    public static (Guid? Client, string? Name) Told(string source) =>
        source.StartsWith(Client, StringComparison.Ordinal) ? (Guid.Parse(source.AsSpan(Client.Length)), null)
        : source.Length > 0 ? (null, source[Name.Length..])
        : (null, null);

    /// <summary>Whether a source is what somebody wrote, which may name anybody.</summary>
    public static bool IsWritten(string source) => source.StartsWith(Name, StringComparison.Ordinal);

    public override string ToString() => string.Join(
        Between,
        Start(ReceivedOn),
        Antenne,
        Departement,
        string.Join(BetweenDays, Journey.Days),
        Journey.Reached,
        string.Join(BetweenDays, Journey.End, Journey.Reason, Offer is { } offer ? Base64Url.EncodeToString(offer.ToByteArray()) : "").TrimEnd(BetweenDays),
        Source);

    private static Guid? OfferIn(ReadOnlySpan<char> text)
    {
        Span<byte> id = stackalloc byte[16];
        return Base64Url.TryDecodeFromChars(text, id, out var written) && written == id.Length ? new Guid(id) : null;
    }

    private static ReadOnlySpan<char> Next(ref ReadOnlySpan<char> rest, char separator)
    {
        var end = rest.IndexOf(separator);
        var part = end < 0 ? rest : rest[..end];
        rest = end < 0 ? [] : rest[(end + 1)..];
        return part;
    }

    private static ImmutableArray<int> Days(ReadOnlySpan<char> text)
    {
        var days = ImmutableArray.CreateBuilder<int>(text.IsEmpty ? 0 : text.Count(BetweenDays) + 1);
        while (!text.IsEmpty)
        {
            days.Add(Number(Next(ref text, BetweenDays)));
        }

        return days.MoveToImmutable();
    }

    private static int Number(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
