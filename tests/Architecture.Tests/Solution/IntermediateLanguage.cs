using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MilleCafes.Architecture.Tests;

/// <summary>What a type's code really does, lambdas and state machines included.</summary>
internal static class IntermediateLanguage
{
    public static IEnumerable<MethodDefinition> AllMethods(this TypeDefinition type) => type.Methods.Concat(type.NestedTypes.SelectMany(AllMethods));

    public static IEnumerable<Instruction> Instructions(this MethodDefinition method) => method.HasBody ? method.Body.Instructions : [];

    public static IEnumerable<MethodReference> Calls(this MethodDefinition method) => method.Instructions().Select(instruction => instruction.Operand).OfType<MethodReference>();

    /// <summary>Every type that the type's members and code name.</summary>
    public static IEnumerable<TypeReference> Mentions(this TypeDefinition type) => type.Fields.Select(field => field.FieldType)
        .Concat(type.Methods.SelectMany(method => method.Parameters.Select(parameter => parameter.ParameterType).Append(method.ReturnType)))
        .Concat(type.Methods.SelectMany(Calls).Select(call => call.DeclaringType))
        .Concat(type.Methods.Where(method => method.HasBody).SelectMany(method => method.Body.Variables).Select(variable => variable.VariableType))
        .SelectMany(WithArguments)
        .Concat(type.NestedTypes.SelectMany(Mentions));

    /// <summary>The static fields of type Error that the methods can come to read, following calls within their own assembly.</summary>
    public static IReadOnlySet<(string Type, string Field)> ReachableErrors(IEnumerable<MethodDefinition> starts)
    {
        var errors = new HashSet<(string, string)>();
        var seen = new HashSet<MethodDefinition>();
        var next = new Stack<MethodDefinition>(starts);
        while (next.TryPop(out var method))
        {
            if (!seen.Add(method))
            {
                continue;
            }

            foreach (var moved in StateMachine(method))
            {
                next.Push(moved);
            }

            foreach (var operand in method.Instructions().Select(instruction => instruction.Operand))
            {
                if (operand is FieldReference { FieldType.FullName: "MilleCafes.Shared.Error" } field && field.DeclaringType.Name.EndsWith("Errors", StringComparison.Ordinal))
                {
                    errors.Add((field.DeclaringType.FullName, field.Name));
                }
                else if (operand is MethodReference { Name: "Update" } update && update.DeclaringType.FullName.StartsWith("MilleCafes.Shared.ModuleSession", StringComparison.Ordinal))
                {
                    // Storing a next state can always clash
                    errors.Add(("MilleCafes.Shared.CommonErrors", "ChangedMeanwhile"));
                }
                else if (operand is MethodReference call && call.DeclaringType.GetElementType().Scope is ModuleDefinition && call.Resolve() is { } called)
                {
                    next.Push(called);
                }
            }
        }

        return errors;
    }

    private static IEnumerable<MethodDefinition> StateMachine(MethodDefinition method) => method.CustomAttributes
        .Where(attribute => attribute.AttributeType.Name is "AsyncStateMachineAttribute" or "IteratorStateMachineAttribute" or "AsyncIteratorStateMachineAttribute")
        .SelectMany(attribute => ((TypeReference)attribute.ConstructorArguments[0].Value).Resolve().Methods);

    private static IEnumerable<TypeReference> WithArguments(TypeReference type) => type is GenericInstanceType generic
        ? generic.GenericArguments.SelectMany(WithArguments).Append(generic.ElementType)
        : [type.GetElementType()];
}
