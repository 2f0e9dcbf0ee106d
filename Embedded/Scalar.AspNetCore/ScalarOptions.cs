namespace Scalar.AspNetCore;

/// <summary>What the reference shows and how; set by <see cref="ScalarOptionsExtensions"/>.</summary>
public class ScalarOptions
{
    /// <summary>The title of the page.</summary>
    public string? Title { get; set; } = "Scalar API Reference";

    /// <summary>Gives every answer a nonce of its own in its Content-Security-Policy, and its scripts too.</summary>
    public bool DynamicNonce { get; set; }

    /// <summary>Further markup for the head of the page.</summary>
    public string? HeadContent { get; set; }

    internal string RoutePattern { get; set; } = "/openapi/{documentName}.json";

    internal List<ScalarDocument> Documents { get; } = [];

    internal ScalarTheme Theme { get; set; } = ScalarTheme.Default;

    internal (ScalarTarget Target, ScalarClient Client)? DefaultHttpClient { get; set; }

    internal List<string> PreferredSecuritySchemes { get; } = [];
}

internal sealed record ScalarDocument(string Name, string? Title, string? RoutePattern, bool IsDefault);

/// <summary>The colours of the page.</summary>
public enum ScalarTheme
{
    Default,
    Alternate,
    Moon,
    Purple,
    Solarized,
    None,
}

/// <summary>The language or tool of the code samples.</summary>
public enum ScalarTarget
{
    Shell,
    CSharp,
    JavaScript,
    Python,
}

/// <summary>The library that the code samples use.</summary>
public enum ScalarClient
{
    Curl,
    HttpClient,
    Fetch,
    Requests,
}
