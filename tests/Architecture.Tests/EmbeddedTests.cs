using Xunit;

namespace MilleCafes.Architecture.Tests;

public sealed class EmbeddedTests
{
    private static readonly IReadOnlyList<EmbeddedMember> Planted = EmbeddedRules.Discover(
    [
        new("Embedded/Ghost/Ghost.cs", """
            public class Ghost : Spirit { public void Haunt() { } public void Haunt(int house) { } public int Chains { get; } internal void Rest() { } public override string ToString() => ""; }
            public interface IWail { void Wail(); internal void Sob(); }
            internal class Hidden { public void Whisper() { } public class Inside { } }
            public enum Colour { White }
            """),
    ]);

    private static readonly IReadOnlyList<EmbeddedMember> Found = EmbeddedRules.Discover(Sources("Embedded"));

    [Fact]
    public void The_embedded_stack_holds_only_what_somebody_uses() =>
        Rule.Holds(Found, EmbeddedRules.Used(EmbeddedRules.Words([.. Sources("Host"), .. Sources("Modules"), .. Sources("tests")])));

    [Fact]
    public void The_embedded_stack_tells_all_that_it_holds() => Rule.Holds(Found, EmbeddedRules.ToldBy(Repository.Read("Embedded/README.md")));

    [Fact]
    public void Planted_members_that_nobody_uses_are_found() => Rule.Finds(
        Planted, EmbeddedRules.Used(EmbeddedRules.Words([new("Host/User.cs", "class User { void Use(Ghost ghost, IWail wail) { ghost.Haunt(); /* Chains */ } }")])),
        "Ghost.Chains is used by nobody.", "IWail.Wail is used by nobody.");

    [Fact]
    public void Planted_members_that_are_not_told_are_found() => Rule.Finds(
        Planted, EmbeddedRules.ToldBy("A `Ghost` may `Haunt(…)`, and `IWail`; Chains and Wail are spoken of, not told. `Colour.White`"),
        "Ghost.Chains is not in Embedded/README.md.", "IWail.Wail is not in Embedded/README.md.");

    private static IReadOnlyList<SourceFile> Sources(string folder) => [.. Repository.Files(folder, "*.cs").Select(path => new SourceFile(path, Repository.Read(path)))];
}
