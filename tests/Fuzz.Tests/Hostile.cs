using System.Text;
using System.Text.Json.Nodes;

namespace MilleCafes.Fuzz.Tests;

/// <summary>What people, programs and attackers have sent where something else was asked for.</summary>
internal static class Hostile
{
    public static readonly string[] Texts =
    [
        "", " ", "\t", "\n", "\r\n", "\0", "a\0b", "\u0001\u001f", "\u007f", "null", "undefined", "NaN", "true", "0", "-1", "1e309", "[]", "{}", "[object Object]",
        "é", "e\u0301", "œ’—", "ﷺ", "😀👩‍👩‍👧", "\u202eexe.txt", "\ufeff12268", "12268\u200b", "\ufffd\uffff", "𝟏𝟐𝟐𝟔𝟖", "１２２６８", "Ⅻ", "ß", "İıſK", "\ud800", "a\udc00b",
        "'; drop schema recruitment cascade; --", "' or 1=1 --", "\" or \"\"=\"", "%' or '1'='1", "\\", "\\u0000", "$$", "${jndi:ldap://127.0.0.1/a}", "{{7*7}}", "<script>alert(1)</script>",
        "../../etc/passwd", "..\\..\\", "%00", "%2e%2e%2f", "%s%n%x", "=cmd|' /C calc'!A0", "@SUM(1)", "+1", "http://169.254.169.254/", "file:///etc/passwd", "javascript:alert(1)",
        "00000000-0000-0000-0000-000000000000", "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF", "{018790c4-5b40-7c3b-9a52-3f1f2e8d4c10}", "018790c45b407c3b9a523f1f2e8d4c10",
        "9999-12-31T23:59:59.9999999Z", "0001-01-01T00:00:00Z", "2023-02-30T00:00:00Z", "2023-04-17T08:30:00+14:00", "2023-04-17", "24:00",
        "a@b", "@", "a@b@c", "\"a b\"@example.org", "a@[127.0.0.1]", "99999", "2A004", "2a004", "2B999", "01001\n", "*", "*.*", ".", "recruitment.**",
    ];

    public static readonly string[] Numbers =
    [
        "0", "-0", "-1", "1", "0.1", "1.0", "1e0", "1e2", "2147483647", "2147483648", "-2147483649", "9223372036854775807", "9223372036854775808", "18446744073709551616",
        "1e308", "1e309", "-1e309", "1e-400", "0.30000000000000004", "123456789012345678901234567890",
    ];

    public static readonly string[] ContentTypes =
    [
        "text/plain", "text/json", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=x", "application/merge-patch+json",
        "application/json; charset=utf-16", "application/json; charset=iso-8859-1", "application/json; charset=nothing", "application/json;;;=", "application/problem+json", "*/*", "json", "application/octet-stream",
    ];

    public static readonly string[] Methods = ["PUT", "PATCH", "DELETE", "GET", "POST", "OPTIONS", "HEAD", "TRACE", "BREW", "get", "PROPFIND", "M-SEARCH"];

    public static readonly (string Name, string[] Values)[] Headers =
    [
        ("Accept", ["*/*", "text/csv", "application/xml", "application/json;q=0", "text/html,*/*;q=0.1", "a/b/c", ";;;", "application/vnd.nothing+json;q=2", "text/calendar", "application/geo+json"]),
        ("Accept-Language", ["en", "fr", "en-GB,fr;q=0.5", "de", "*", "xx-YY-ZZ", "en;q=abc", "fr;q=1.5", ",,,", "\u00e9"]),
        ("Accept-Encoding", ["gzip", "br", "identity;q=0", "*;q=0", "nothing"]),
        ("Authorization", ["", "Bearer", "Bearer ", "Bearer mck_", "Bearer mck_wrong", "Basic YTpi", "Basic !!!", "bearer x y z", "Bearer \u00e9", "Digest a=b", "Negotiate AAAA"]),
        ("If-Match", ["*", "\"1\"", "W/\"1\"", "1", "\"", "\"999999999999999999999\"", "\"a\", \"b\"", ","]),
        ("If-None-Match", ["*", "\"1\"", "W/\"1\"", "1", "\"", ","]),
        ("Idempotency-Key", ["", " ", "a", "\"a\"", "018790c4-5b40-7c3b-9a52-3f1f2e8d4c10", "\u00e9\u00e8", "' or 1=1 --"]),
        ("If-Modified-Since", ["Mon, 17 Apr 2023 08:30:00 GMT", "yesterday"]),
        ("Range", ["bytes=0-1", "bytes=-1", "bytes=9-1", "items=0-9"]),
        ("X-HTTP-Method-Override", ["DELETE"]), ("X-Forwarded-For", ["127.0.0.1, 10.0.0.1", "'"]), ("X-Forwarded-Host", ["evil.example"]), ("X-Forwarded-Proto", ["https"]), ("Forwarded", ["for=_x;;"]),
        ("traceparent", ["00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "00-0-0-0", "zz"]), ("baggage", ["a=b;;;,=,"]), ("Cookie", ["a=b; a=c", "====", ".AspNetCore.Cookies=x"]),
        ("Origin", ["https://evil.example", "null", "file://"]), ("Access-Control-Request-Method", ["DELETE"]), ("Content-Encoding", ["gzip", "br", "nothing"]), ("Expect", ["100-continue"]), ("TE", ["trailers"]),
        ("Prefer", ["return=minimal", "respond-async"]), ("User-Agent", ["", "sqlmap/1.0", "() { :; }; echo"]), ("Referer", ["\u00e9"]), ("Content-Language", ["xx"]), ("Max-Forwards", ["-1"]),
    ];

    /// <summary>A value of a type that nobody asked for, or of the right one and absurd.</summary>
    public static JsonNode? Value(Random random) => random.Next(10) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 or 3 => Number(random),
        4 => new JsonArray(),
        5 => new JsonObject(),
        6 => new JsonArray([.. Enumerable.Range(0, random.Next(1, 300)).Select(_ => JsonValue.Create(random.Next()))]),
        7 => new JsonObject { [Text(random)] = Text(random), ["$type"] = "System.Object", ["__proto__"] = new JsonObject() },
        8 => Long(random),
        _ => Text(random),
    };

    public static JsonNode Number(Random random) => JsonNode.Parse(Numbers[random.Next(Numbers.Length)])!;

    public static string Text(Random random) => random.Next(4) switch
    {
        0 => string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => (char)random.Next(1, 0xffff))),
        _ => Texts[random.Next(Texts.Length)],
    };

    public static string Long(Random random) => new(random.Next(2) == 0 ? 'a' : '\u00e9', 1 << random.Next(7, 17));

    /// <summary>So many levels of lists or objects around nothing.</summary>
    public static string Nested(Random random)
    {
        var depth = random.Next(10, 5_000);
        return random.Next(2) == 0
            ? new StringBuilder().Insert(0, "[", depth).Append(']', depth).ToString()
            : new StringBuilder().Insert(0, "{\"a\":", depth).Append("null").Append('}', depth).ToString();
    }
}
