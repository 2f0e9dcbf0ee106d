using System.Reflection;
using MilleCafes.Shared;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Document = MilleCafes.Shared.Document;

namespace MilleCafes.Architecture.Tests;

/// <summary>What documents say of persons, and what opens doors, does not outlive them in the audit.</summary>
internal static class PersonRules
{
    private static readonly string[] SecretNames = ["Secret", "Hash", "Token", "Password"];

    /// <summary>Documents that say something of a person.</summary>
    public static IReadOnlyList<Type> Discover(IEnumerable<Type> types) => [.. Documents(types).Where(type => Members(type, []).Any(member => member.IsDefined(typeof(PersonalDataAttribute))))];

    public static IReadOnlyList<Type> Documents(IEnumerable<Type> types) => [.. types.Where(type => typeof(Document).IsAssignableFrom(type) && !type.IsAbstract)];

    /// <summary>Whoever keeps a trace of a person must be told when the document forgets them.</summary>
    /// <param name="later">Documents whose erasure is still to come, with the reason.</param>
    public static Func<IEnumerable<Type>, IEnumerable<string>> ToldOf(IReadOnlyList<TypeDefinition> code, IReadOnlyDictionary<string, string> later) => documents => documents
        .Where(document => later.ContainsKey(document.FullName!) == IsErased(document, code))
        .Select(document => later.ContainsKey(document.FullName!)
            ? $"{document.FullName} is erased by an act: take it off the list."
            : $"{document.FullName} says something of a person, and nothing in its module publishes PersonalDataErased.");

    public static IEnumerable<string> Secrets(IEnumerable<Type> documents) => documents
        .SelectMany(document => Members(document, []).Select(member => (document, member)))
        .Where(found => found.member.PropertyType == typeof(string) && Array.Exists(SecretNames, name => found.member.Name.Contains(name, StringComparison.Ordinal)))
        .Where(found => !found.member.IsDefined(typeof(UnauditedAttribute)))
        .Select(found => $"{found.document.FullName} keeps {found.member.DeclaringType!.Name}.{found.member.Name} and does not mark it [Unaudited].");

    // The document's own folder, the reactions of its module, or an act of its module that works on such documents
    private static bool IsErased(Type document, IEnumerable<TypeDefinition> code)
    {
        var module = document.Namespace![..document.Namespace!.LastIndexOf('.')];
        return code.Where(type => type.Namespace == document.Namespace || type.Namespace == $"{module}.Reactions" || (type.Namespace.StartsWith($"{module}.", StringComparison.Ordinal) && WorksOn(document, type)))
            .SelectMany(type => type.AllMethods()).SelectMany(method => method.Instructions())
            .Any(instruction => instruction.OpCode == OpCodes.Newobj && instruction.Operand is MethodReference { DeclaringType.Name: nameof(PersonalDataErased) });
    }

    private static bool WorksOn(Type document, TypeDefinition type) => type.AllMethods().SelectMany(IntermediateLanguage.Calls).OfType<GenericInstanceMethod>()
        .Any(call => call.GenericArguments.Any(argument => argument.FullName == document.FullName));

    private static IEnumerable<PropertyInfo> Members(Type type, HashSet<Type> seen)
    {
        var held = type.IsArray ? [type.GetElementType()!] : type.IsGenericType ? type.GetGenericArguments() : [];
        var own = type.Namespace?.StartsWith(nameof(MilleCafes), StringComparison.Ordinal) is true && seen.Add(type)
            ? type.GetProperties(BindingFlags.Public | BindingFlags.Instance) : [];
        return own.Concat(own.Select(member => member.PropertyType).Concat(held).SelectMany(inner => Members(inner, seen)));
    }
}
