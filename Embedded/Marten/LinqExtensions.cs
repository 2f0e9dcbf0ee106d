namespace Marten;

/// <summary>Conditions that plain C# has no word for; they mean the same inside a query and outside.</summary>
public static class LinqExtensions
{
    public static bool IsOneOf<T>(this T variable, params T[] matches) => matches.Contains(variable);

    public static bool IsOneOf<T>(this T variable, IList<T> matches) => matches.Contains(variable);
}
