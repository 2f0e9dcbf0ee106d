using System.Text.Json;
using MilleCafes.Shared;
using Mono.Cecil;

namespace MilleCafes.Architecture.Tests;

/// <summary>What code may not do, read from what was compiled.</summary>
internal static class CodeRules
{
    private static readonly string[] Clocks = ["System.DateTime::get_Now", "System.DateTime::get_UtcNow", "System.DateTime::get_Today", "System.DateTimeOffset::get_Now", "System.DateTimeOffset::get_UtcNow"];

    // Everything in BannedSymbols.txt, as it looks once compiled
    private static readonly HashSet<string> Banned = [.. Clocks, "System.Guid::NewGuid", "System.Threading.Thread::Sleep"];

    private static readonly string[] Symbols =
    [
        "P:System.DateTime.Now", "P:System.DateTime.UtcNow", "P:System.DateTime.Today", "P:System.DateTimeOffset.Now", "P:System.DateTimeOffset.UtcNow",
        "M:System.Guid.NewGuid", "M:System.Threading.Thread.Sleep",
    ];

    private static readonly string[] Kinds = Enum.GetNames<ErrorKind>();

    /// <summary>Outside ModuleSession a message would escape the outbox; message handlers are given a context that is inside it.</summary>
    public static Func<IEnumerable<TypeDefinition>, IEnumerable<string>> Publishing(IReadOnlyCollection<Type> messageHandlers)
    {
        var handlers = messageHandlers.Select(type => type.FullName).ToHashSet();
        // Acting is called ahead of handlers, within theirs, and publishes nothing
        return types => types.Where(type => type.FullName is not ("MilleCafes.Shared.ModuleSession`1" or "MilleCafes.Shared.Acting")).SelectMany(type => type.Mentions()
            .Where(mention => mention.Namespace == "Wolverine" && (mention.Name is "IMessageBus" or "ICommandBus" or "MessageBus"
                || (mention.Name is "IMessageContext" or "MessageContext" && !handlers.Contains(type.FullName))))
            .Select(mention => mention.Name).Distinct().Select(bus => $"{type.FullName} uses {bus}: its messages would escape the outbox."));
    }

    /// <summary>One way of opening a store: its schema is its module's name, its JSON is everybody's.</summary>
    public static IEnumerable<string> Stores(IEnumerable<TypeDefinition> types) => types.Where(type => type.FullName != "MilleCafes.Shared.ModuleStore")
        .Where(type => type.AllMethods().SelectMany(IntermediateLanguage.Calls).Any(call => call.Name == "AddMartenStore"))
        .Select(type => $"{type.FullName} calls AddMartenStore: ModuleStore does.");

    /// <summary>Time comes from a TimeProvider, ids are of version 7, nobody blocks a thread.</summary>
    public static IEnumerable<string> BannedCalls(IEnumerable<TypeDefinition> types) => types.SelectMany(type => type.AllMethods().SelectMany(IntermediateLanguage.Calls)
        .Select(call => $"{call.DeclaringType.FullName}::{call.Name}").Where(Banned.Contains).Distinct().Select(call => $"{type.FullName} calls {call}."));

    /// <summary>An error that is made elsewhere has no page, and nobody checks that its code is its own.</summary>
    public static IEnumerable<string> ErrorsElsewhere(IEnumerable<TypeDefinition> types) => types
        .Where(type => type.FullName != "MilleCafes.Shared.Error" && !type.Name.EndsWith("Errors", StringComparison.Ordinal))
        .Where(type => type.AllMethods().SelectMany(IntermediateLanguage.Calls).Any(call =>
            call.DeclaringType.FullName == "MilleCafes.Shared.Error" && (call.Name == ".ctor" || Kinds.Contains(call.Name))))
        .Select(type => $"{type.FullName} makes an Error: a class named …Errors does.");

    /// <summary>The symbols that the analyzer must know of.</summary>
    public static IEnumerable<string> BannedSymbols(IEnumerable<string> lines)
    {
        var known = lines.Select(line => line.Split(';', '(')[0]).ToHashSet();
        return Symbols.Where(symbol => !known.Contains(symbol)).Select(symbol => $"BannedSymbols.txt does not ban {symbol[2..]}.");
    }

    /// <summary>Every project has the analyzer: its lock file says so.</summary>
    public static IEnumerable<string> Analyzers(IEnumerable<(string Project, string? Lock)> projects) => projects
        .Where(project => project.Lock is null || !IsWatched(project.Lock))
        .Select(project => project.Lock is null ? $"{project.Project} has no lock file." : $"{project.Project} is not watched for banned symbols.");

    private static bool IsWatched(string text)
    {
        using var json = JsonDocument.Parse(text);
        return json.RootElement.GetProperty("dependencies").EnumerateObject().All(framework =>
            framework.Value.TryGetProperty("Microsoft.CodeAnalysis.BannedApiAnalyzers", out var analyzer) && analyzer.GetProperty("type").GetString() == "Direct");
    }
}
