namespace Scalar.AspNetCore;

/// <summary>Sets <see cref="ScalarOptions"/>, one thing at a time.</summary>
public static class ScalarOptionsExtensions
{
    /// <summary>Sets the title of the page.</summary>
    public static ScalarOptions WithTitle(this ScalarOptions options, string title)
    {
        options.Title = title;
        return options;
    }

    /// <summary>Adds a document that the reader can choose; its title is what they choose by.</summary>
    /// <remarks>A document titled by the name of a language, in that language, is shown with controls in that language.</remarks>
    public static ScalarOptions AddDocument(
        this ScalarOptions options, string documentName, string? title = null, string? routePattern = null, bool isDefault = false)
    {
        options.Documents.Add(new(documentName, title, routePattern, isDefault));
        return options;
    }

    /// <summary>Says where documents are, by a pattern with <c>{documentName}</c>.</summary>
    public static ScalarOptions WithOpenApiRoutePattern(this ScalarOptions options, string pattern)
    {
        options.RoutePattern = pattern;
        return options;
    }

    /// <summary>Sets the colours.</summary>
    public static ScalarOptions WithTheme(this ScalarOptions options, ScalarTheme theme)
    {
        options.Theme = theme;
        return options;
    }

    /// <summary>Sets the code sample that is shown first.</summary>
    public static ScalarOptions WithDefaultHttpClient(this ScalarOptions options, ScalarTarget target, ScalarClient client)
    {
        options.DefaultHttpClient = (target, client);
        return options;
    }

    /// <summary>Chooses the security schemes that are offered first.</summary>
    public static ScalarOptions AddPreferredSecuritySchemes(this ScalarOptions options, params string[] preferredSecuritySchemes)
    {
        options.PreferredSecuritySchemes.AddRange(preferredSecuritySchemes);
        return options;
    }
}
