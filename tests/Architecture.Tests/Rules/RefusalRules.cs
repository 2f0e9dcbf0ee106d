using System.Reflection;
using MilleCafes.Shared;
using Mono.Cecil;

namespace MilleCafes.Architecture.Tests;

/// <summary>A request's endpoint and the code of its handler.</summary>
internal sealed record HandledOperation(Operation Operation, TypeDefinition Handler);

/// <summary>The refusals that an endpoint declares are those that its handler can really give.</summary>
internal static class RefusalRules
{
    public static IReadOnlyList<HandledOperation> Discover(IEnumerable<Operation> operations, IEnumerable<TypeDefinition> code)
    {
        var handlers = code.SelectMany(type => type.Interfaces.Select(one => (Type: type, Interface: one.InterfaceType as GenericInstanceType)))
            .Where(pair => pair.Interface?.ElementType.FullName == "MediatR.IRequestHandler`2")
            .ToLookup(pair => pair.Interface!.GenericArguments[0].Name, pair => pair.Type);
        return [.. operations.Where(operation => operation.Name is not null).SelectMany(operation => handlers[operation.Name!].Select(handler => new HandledOperation(operation, handler)))];
    }

    public static IEnumerable<string> Declared(IEnumerable<HandledOperation> operations) => operations.SelectMany(subject =>
    {
        var given = IntermediateLanguage.ReachableErrors(subject.Handler.AllMethods()).Select(CodeOf).ToHashSet();
        var declared = (subject.Operation.Refusals ?? []).Select(error => error.Code).ToHashSet();
        var common = typeof(CommonErrors).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => ((Error)field.GetValue(null)!).Code);
        return given.Except(declared).Select(code => $"{subject.Operation} can refuse with {code} and does not declare it.")
            .Concat(declared.Except(given).Except(common).Select(code => $"{subject.Operation} declares {code} and cannot give it."));
    });

    private static string CodeOf((string Type, string Field) error)
    {
        var type = AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(error.Type)).OfType<Type>().First();
        return ((Error)type.GetField(error.Field, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)!.GetValue(null)!).Code;
    }
}
