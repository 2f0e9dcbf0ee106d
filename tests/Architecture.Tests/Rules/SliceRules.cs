using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MilleCafes.Architecture.Tests;

/// <summary>A source file with the types it declares, in their order.</summary>
internal sealed record Slice(SourceFile File, IReadOnlyList<TypeDeclarationSyntax> Types)
{
    public IReadOnlyList<TypeDeclarationSyntax> Requests => [.. Types.Where(type => SliceRules.PartOf(type) == SlicePart.Request)];
}

/// <summary>The parts of a slice, in the order in which its file tells them.</summary>
internal enum SlicePart
{
    Request,
    Body,
    Endpoint,
    Validator,
    Handler,
}

/// <summary>One slice, one file: short, named after its request, told in the same order everywhere.</summary>
internal static class SliceRules
{
    public const int MaximumLines = 150;

    public static IEnumerable<string> Lengths(IEnumerable<SourceFile> files) => files
        .Select(file => (file.Path, Lines: file.Text.TrimEnd('\n').Split('\n').Length)).Where(file => file.Lines > MaximumLines)
        .Select(file => $"{file.Path} has {file.Lines} lines.");

    /// <summary>The files that declare a MediatR request.</summary>
    public static IReadOnlyList<Slice> Discover(IEnumerable<SourceFile> files) =>
        [.. files.Select(file => new Slice(file, TypesOf(file))).Where(slice => slice.Requests.Count > 0)];

    public static IEnumerable<string> Shapes(IEnumerable<Slice> slices) => slices.SelectMany(slice => Judge(slice).Select(fault => $"{slice.File.Path} {fault}"));

    public static SlicePart? PartOf(TypeDeclarationSyntax type) => BaseNames(type).Select(name => name switch
    {
        "IRequest" => SlicePart.Request,
        "ICarterModule" => SlicePart.Endpoint,
        "AbstractValidator" => SlicePart.Validator,
        "IRequestHandler" => SlicePart.Handler,
        _ => (SlicePart?)null,
    }).FirstOrDefault(part => part is not null) ?? (type.Identifier.Text.EndsWith("Body", StringComparison.Ordinal) ? SlicePart.Body : null);

    private static IEnumerable<string> Judge(Slice slice)
    {
        if (slice.Requests is not [var request])
        {
            yield return $"has {slice.Requests.Count} requests.";
            yield break;
        }

        var name = request.Identifier.Text;
        if (name != slice.File.Name)
        {
            yield return $"has the request {name}, not {slice.File.Name}.";
        }

        if (!request.GetLeadingTrivia().ToFullString().Contains("<summary>", StringComparison.Ordinal))
        {
            yield return $"does not sum up what {name} does.";
        }

        foreach (var missing in new[] { SlicePart.Endpoint, SlicePart.Handler }.Where(part => slice.Types.Count(type => PartOf(type) == part) != 1))
        {
            yield return $"has no single {missing.ToString().ToLowerInvariant()}.";
        }

        var parts = slice.Types.Select(type => (type.Identifier.Text, Part: PartOf(type))).Where(type => type.Part is not null).ToList();
        foreach (var (text, part) in parts.Where(type => type.Part != SlicePart.Request && type.Text != name + type.Part))
        {
            yield return $"calls its {part.ToString()!.ToLowerInvariant()} {text}, not {name}{part}.";
        }

        if (!parts.Select(type => type.Part).SequenceEqual(parts.Select(type => type.Part).Order()))
        {
            yield return $"tells its {string.Join(", ", parts.Select(type => type.Part.ToString()!.ToLowerInvariant()))} in another order than the other slices.";
        }
    }

    private static IReadOnlyList<TypeDeclarationSyntax> TypesOf(SourceFile file) =>
        [.. CSharpSyntaxTree.ParseText(file.Text, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>()];

    private static IEnumerable<string> BaseNames(TypeDeclarationSyntax type) => (type.BaseList?.Types ?? []).Select(one => one.Type switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.Text,
        SimpleNameSyntax simple => simple.Identifier.Text,
        _ => "",
    });
}
