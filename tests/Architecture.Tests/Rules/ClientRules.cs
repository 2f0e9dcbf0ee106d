using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MilleCafes.Architecture.Tests;

/// <summary>A test's client comes from tests/Testing: what answers it gets is held against the document.</summary>
internal static class ClientRules
{
    private const string Client = "System.Net.Http.HttpClient";

    // What the compiler adds to every file
    private const string Usual = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    /// <summary>Each with why it may have a client of its own.</summary>
    public static readonly IReadOnlyDictionary<string, string> Exempt = new Dictionary<string, string>
    {
        ["tests/Testing/"] = "makes the clients of all others",
        ["tests/Benchmarks/"] = "weighs the host's time, not that of the check",
        ["tests/Tour/"] = "is a partner's program, which has nothing of ours",
    };

    /// <summary>Reads all files together: what <c>new()</c> makes is told by a type that stands elsewhere.</summary>
    public static IEnumerable<string> Made(IEnumerable<SourceFile> files)
    {
        var trees = files.Select(file => CSharpSyntaxTree.ParseText(file.Text, path: file.Path)).ToList();
        var compilation = CSharpCompilation.Create("tests", trees.Append(CSharpSyntaxTree.ParseText(Usual)), References());
        return from tree in trees
               where !Exempt.Keys.Any(folder => tree.FilePath.StartsWith(folder, StringComparison.Ordinal))
               let model = new Lazy<SemanticModel>(() => compilation.GetSemanticModel(tree))
               from creation in tree.GetRoot().DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>()
               where model.Value.GetTypeInfo(creation).Type is { } type && IsClient(type)
               let line = creation.GetLocation().GetLineSpan().StartLinePosition.Line + 1
               select $"{tree.FilePath}({line}) makes a client of its own: Clients in tests/Testing does, and checks its answers.";
    }

    private static bool IsClient(ITypeSymbol type) => type.ToDisplayString() == Client || (type.BaseType is { } parent && IsClient(parent));

    private static IEnumerable<MetadataReference> References() => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
}
