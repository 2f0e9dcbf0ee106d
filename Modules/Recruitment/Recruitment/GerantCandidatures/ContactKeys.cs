using System.Globalization;

namespace MilleCafes.Recruitment.GerantCandidatures;

/// <summary>E-mail addresses and telephone numbers in the one form in which they can be compared; what people typed is kept beside it.</summary>
internal static class ContactKeys
{
    private const int ShortestNumber = 8;
    private const int LongestNumber = 15;

    private static readonly IdnMapping Idn = new();

    // Elsewhere a « + » may be a letter of the name like any other, and what stands before it somebody else's address. Nobody is on this list whose mail is not known to be shared
    // out so: of orange.fr, laposte.net or free.fr it is not known. To miss a duplicate costs a merge by hand; to make one of two persons costs one of them the candidature.
    private static readonly HashSet<string> Tagging =
    [
        "gmail.com", "googlemail.com",
        "outlook.com", "outlook.fr", "outlook.be", "hotmail.com", "hotmail.fr", "hotmail.be", "live.com", "live.fr", "live.be", "msn.com",
        "icloud.com", "me.com", "mac.com",
        "fastmail.com", "fastmail.fm",
        "proton.me", "protonmail.com", "protonmail.ch", "pm.me",
    ];

    // What overseas numbers start with at home, and abroad
    private static readonly Dictionary<string, string> Overseas = new()
    {
        ["0262"] = "+262", ["0263"] = "+262", ["0269"] = "+262", ["0639"] = "+262", ["0692"] = "+262", ["0693"] = "+262", ["0590"] = "+590", ["0690"] = "+590", ["0691"] = "+590",
        ["0594"] = "+594", ["0694"] = "+594", ["0596"] = "+596", ["0696"] = "+596", ["0697"] = "+596",
    };

    /// <summary>Trimmed and in lower case; where a « + » and what follows it are known to lead to the same letter box, without them; and for Gmail without dots.</summary>
    public static string? OfEmail(string? email)
    {
        var text = email?.Trim().ToLowerInvariant() ?? "";
        if (text.LastIndexOf('@') is var at && (at <= 0 || at == text.Length - 1))
        {
            return null;
        }

        var (name, domain) = (text[..at], Ascii(text[(at + 1)..]));
        if (Tagging.Contains(domain) && name.IndexOf('+', StringComparison.Ordinal) is > 0 and var plus)
        {
            name = name[..plus];
        }

        return domain is "gmail.com" or "googlemail.com" ? $"{name.Replace(".", "", StringComparison.Ordinal)}@gmail.com" : $"{name}@{domain}";
    }

    /// <summary>Whether somebody could be called by it: people write when to call, too, or another country's number as it is dialled there.</summary>
    public static bool HasNumber(string phone) => phone.Count(char.IsAsciiDigit) >= ShortestNumber;

    /// <summary>E.164; a number without a country is French. Null when it is no number.</summary>
    public static string? OfPhone(string? phone)
    {
        var text = (phone ?? "").Replace("(0)", "", StringComparison.Ordinal).Trim();
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        if (text.Any(char.IsLetter) || digits.Length < ShortestNumber)
        {
            return null;
        }

        var number = text switch
        {
            ['+', ..] => "+" + digits,
            _ when digits.StartsWith("00", StringComparison.Ordinal) => "+" + digits[2..],
            _ when digits is ['0', ..] && digits.Length == 10 => CountryOf(digits) + digits[1..],
            _ when digits is ['3', '3', ..] && digits.Length == 11 => "+" + digits,
            _ => null,
        };
        // « +33 06 … » is a slip that everybody understands
        number = number?.StartsWith("+330", StringComparison.Ordinal) is true ? "+33" + number[4..] : number;
        return number?.Length is > ShortestNumber and <= LongestNumber + 1 ? number : null;
    }

    // Mayotte has 06 39 but for 06 39 98, which is nobody's
    private static string CountryOf(string digits) => digits.StartsWith("063998", StringComparison.Ordinal) ? "+33" : Overseas.GetValueOrDefault(digits[..4], "+33");

    private static string Ascii(string domain)
    {
        try
        {
            return Idn.GetAscii(domain);
        }
        catch (ArgumentException)
        {
            return domain;
        }
    }
}
