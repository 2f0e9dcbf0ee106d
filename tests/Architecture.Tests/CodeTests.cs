using Mono.Cecil;
using Xunit;

namespace MilleCafes.Architecture.Tests;

public sealed class CodeTests
{
    private const string Here = "MilleCafes.Architecture.Tests.Planted";

    internal static readonly IReadOnlyList<TypeDefinition> Planted = [.. Product.CodeOf(typeof(CodeTests).Assembly, ".Architecture.Tests.Planted")];

    [Fact]
    public void Messages_are_published_by_ModuleSession_only() => Rule.Holds(Product.Code, CodeRules.Publishing(MessageHandlerRules.Discover(Product.Types)));

    [Fact]
    public void Stores_are_opened_by_ModuleStore_only() => Rule.Holds(Product.Code, CodeRules.Stores);

    [Fact]
    public void Nobody_looks_at_the_clock_or_makes_random_ids() => Rule.Holds(Product.Code, CodeRules.BannedCalls);

    [Fact]
    public void The_symbols_are_banned() => Rule.Holds(Repository.Read("BannedSymbols.txt").Split('\n'), CodeRules.BannedSymbols);

    [Fact]
    public void Every_project_is_watched_for_banned_symbols() => Rule.Holds([.. Repository.Projects.Select(project => (project.Path, LockOf(project)))], CodeRules.Analyzers);

    [Fact]
    public void Planted_messages_that_escape_the_outbox_are_found() => Rule.Finds(
        Planted, CodeRules.Publishing(MessageHandlerRules.Discover(typeof(CodeTests).Assembly.GetTypes())),
        $"{Here}.PublishesByItself uses IMessageBus: its messages would escape the outbox.",
        $"{Here}.SchedulesByItself uses IMessageBus: its messages would escape the outbox.",
        $"{Here}.SchedulesByItself uses IMessageContext: its messages would escape the outbox.");

    [Fact]
    public void A_planted_store_is_found() => Rule.Finds(Planted, CodeRules.Stores, $"{Here}.OpensItsOwnStore calls AddMartenStore: ModuleStore does.");

    [Fact]
    public void Planted_clocks_and_random_ids_are_found() => Rule.Finds(
        Planted, CodeRules.BannedCalls,
        $"{Here}.LooksAtTheClock calls System.DateTimeOffset::get_UtcNow.",
        $"{Here}.LooksAtTheClock calls System.Guid::NewGuid.");

    [Fact]
    public void A_planted_symbol_that_is_allowed_is_found() => Rule.Finds(
        [.. Repository.Read("BannedSymbols.txt").Split('\n').Where(line => !line.Contains("NewGuid", StringComparison.Ordinal))], CodeRules.BannedSymbols,
        "BannedSymbols.txt does not ban System.Guid.NewGuid.");

    [Fact]
    public void A_planted_project_that_is_not_watched_is_found() => Rule.Finds(
        [("Modules/Ghost/Ghost/Ghost.csproj", """{ "version": 2, "dependencies": { "net10.0": { } } }"""), ("Modules/Ghost/Other.csproj", (string?)null)], CodeRules.Analyzers,
        "Modules/Ghost/Ghost/Ghost.csproj is not watched for banned symbols.",
        "Modules/Ghost/Other.csproj has no lock file.");

    private static string? LockOf(ProjectFile project)
    {
        var path = Path.Combine(Repository.Root, Path.GetDirectoryName(project.Path)!, "packages.lock.json");
        return File.Exists(path) ? File.ReadAllText(path) : null;
    }
}
