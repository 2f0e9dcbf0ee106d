using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MilleCafes.Architecture.Tests;

/// <summary>A type, or a member of one, that the embedded stack shows.</summary>
internal sealed record EmbeddedMember(string Type, string Name)
{
    public override string ToString() => Type == Name ? Name : $"{Type}.{Name}";
}

/// <summary>The embedded stack holds what its users need, says so, and nothing else.</summary>
internal static partial class EmbeddedRules
{
    /// <summary>Public types and members; overloads count once, and what .NET's own interfaces and base classes ask for does not.</summary>
    public static IReadOnlyList<EmbeddedMember> Discover(IEnumerable<SourceFile> files) =>
        [.. files.SelectMany(file => CSharpSyntaxTree.ParseText(file.Text).GetRoot().DescendantNodes().OfType<BaseTypeDeclarationSyntax>())
            .Where(IsVisible).SelectMany(Shown).Distinct().OrderBy(member => member.ToString(), StringComparer.Ordinal)];

    /// <summary>Every word of the code that uses the stack.</summary>
    public static IReadOnlySet<string> Words(IEnumerable<SourceFile> users) => users
        .SelectMany(file => CSharpSyntaxTree.ParseText(file.Text).GetRoot().DescendantTokens())
        .Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText).ToHashSet();

    /// <summary>Types are there for their members, and are often used without being named.</summary>
    public static Func<IEnumerable<EmbeddedMember>, IEnumerable<string>> Used(IReadOnlySet<string> words) => members => members
        .Where(member => member.Name != member.Type && !words.Contains(member.Name))
        .Select(member => $"{member} is used by nobody.");

    /// <summary>The page names a member in `code`, by itself or among others.</summary>
    public static Func<IEnumerable<EmbeddedMember>, IEnumerable<string>> ToldBy(string page)
    {
        var told = Code().Matches(page).SelectMany(match => Identifier().Matches(match.Value)).Select(match => match.Value).ToHashSet();
        return members => members.Where(member => !told.Contains(member.Name)).Select(member => $"{member} is not in Embedded/README.md.");
    }

    private static IEnumerable<EmbeddedMember> Shown(BaseTypeDeclarationSyntax type)
    {
        yield return new(type.Identifier.Text, type.Identifier.Text);
        foreach (var member in type is TypeDeclarationSyntax { Members: var members } ? members : [])
        {
            if (Has(member, SyntaxKind.PublicKeyword, byDefault: type is InterfaceDeclarationSyntax) && !Has(member, SyntaxKind.OverrideKeyword) && NameOf(member) is { } name)
            {
                yield return new(type.Identifier.Text, name);
            }
        }
    }

    private static bool IsVisible(BaseTypeDeclarationSyntax type) =>
        type.AncestorsAndSelf().OfType<BaseTypeDeclarationSyntax>().All(outer => Has(outer, SyntaxKind.PublicKeyword));

    private static bool Has(MemberDeclarationSyntax member, SyntaxKind modifier, bool byDefault = false) =>
        member.Modifiers.Count == 0 ? byDefault : member.Modifiers.Any(modifier);

    private static string? NameOf(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax { Identifier.Text: "Dispose" or "DisposeAsync" } => null,
        MethodDeclarationSyntax { ExplicitInterfaceSpecifier: null } method => method.Identifier.Text,
        PropertyDeclarationSyntax { ExplicitInterfaceSpecifier: null } property => property.Identifier.Text,
        FieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.Text,
        _ => null,
    };

    [GeneratedRegex("`[^`]+`")]
    private static partial Regex Code();

    [GeneratedRegex(@"[A-Za-z_]\w*")]
    private static partial Regex Identifier();
}
