using System.Globalization;
using MilleCafes.Shared;

namespace MilleCafes.Host.Explorer;

/// <summary>A language that the API is described in; each has a document of its own.</summary>
/// <param name="DocumentName">The name in the document's address.</param>
/// <param name="NativeName">What a reader chooses the language by.</param>
internal sealed record DocumentLanguage(string DocumentName, string NativeName, CultureInfo Culture)
{
    public static readonly DocumentLanguage French = new("v1", "Français", CultureInfo.GetCultureInfo("fr"));
    public static readonly DocumentLanguage English = new("v1.en", "English", CultureInfo.GetCultureInfo("en"));

    public static IReadOnlyList<DocumentLanguage> All { get; } = [French, English];

    public string Choose(string french, string english) => this == English ? english : french;

    public string? Choose(DescribedAttribute? described) => described is null ? null : Choose(described.French, described.English);

    public string? Example(DescribedAttribute? described) => this == English ? described?.EnglishExample ?? described?.Example : described?.Example;

    /// <summary>Runs <paramref name="say"/> as a request in this language would.</summary>
    public T Speak<T>(Func<T> say)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = Culture;
        try
        {
            return say();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
