using Microsoft.AspNetCore.Http;

namespace MilleCafes.Shared;

/// <summary>The format that an answer is to have: the one of those the operation offers that the request prefers.</summary>
/// <remarks>Left on the request when it is not the first one that the operation offers; a request that accepts none does not get this far.</remarks>
public sealed record AnswerFormat(string MediaType)
{
    public const string Json = "application/json";
    public const string Csv = "text/csv";

    /// <summary>Whether the request wants its answer in this format rather than in the usual one.</summary>
    public static bool Is(HttpContext http, string mediaType) => http.Features.Get<AnswerFormat>()?.MediaType == mediaType;
}
