using System.Reflection;
using MediatR;
using MilleCafes.Shared;

namespace MilleCafes.Architecture.Tests;

/// <summary>A view, and the document that it shows.</summary>
internal sealed record Showing(Type View, Type Document);

/// <summary>What is said of a person in a document is said of them in its view too.</summary>
internal static class ShownPersonRules
{
    private const string View = "View";

    /// <summary>All that requests answer with, and what that holds.</summary>
    public static IReadOnlyCollection<Type> Answers(IEnumerable<Type> types) => types
        .SelectMany(type => type.GetInterfaces()).Where(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IRequest<>))
        .Aggregate(new HashSet<Type>(), (seen, one) => Parts(one.GetGenericArguments()[0], seen));

    /// <summary>Of what is answered, whatever bears a document's name, or is made of one.</summary>
    public static IReadOnlyList<Showing> Discover(IEnumerable<Type> types, IEnumerable<Type> answers)
    {
        var documents = PersonRules.Discover(types).ToHashSet();
        return [.. answers.SelectMany(type => Sources(type).Concat(documents.Where(document => type.Name == document.Name + View)).Where(documents.Contains).Distinct().Select(document => new Showing(type, document)))];
    }

    /// <summary>A member is looked for in the part of the document that its type shows, and in what that part holds.</summary>
    public static IEnumerable<string> Unmarked(IEnumerable<Showing> showings) => showings
        .SelectMany(showing => Shown(showing.View, showing.Document, showing.Document, []).Select(member => (showing.Document, Member: member)))
        .DistinctBy(found => found.Member)
        .Select(found => $"{found.Member.DeclaringType!.FullName}.{found.Member.Name} shows what {found.Document.Name} marks [PersonalData], and is not marked.");

    private static IEnumerable<PropertyInfo> Shown(Type view, Type part, Type document, HashSet<Type> seen)
    {
        var bare = Bare(view);
        part = Parts(document, []).FirstOrDefault(one => one.Name + View == bare.Name) ?? part;
        var marked = Parts(part, []).SelectMany(Own).Where(IsMarked).Select(member => member.Name).ToHashSet();
        // What stands below a marked member is marked with it
        foreach (var member in seen.Add(bare) ? Own(bare).Where(member => !IsMarked(member)) : [])
        {
            var counterpart = Own(part).FirstOrDefault(one => one.Name == member.Name);
            if (counterpart is null ? marked.Contains(member.Name) : IsMarked(counterpart))
            {
                yield return member;
            }

            var below = counterpart is not null && IsOurs(Bare(counterpart.PropertyType)) ? Bare(counterpart.PropertyType) : part;
            foreach (var found in Shown(member.PropertyType, below, document, seen))
            {
                yield return found;
            }
        }
    }

    private static IEnumerable<Type> Sources(Type type) => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        .Where(method => method.ReturnType == type).SelectMany(method => method.GetParameters()).Select(parameter => parameter.ParameterType);

    private static HashSet<Type> Parts(Type type, HashSet<Type> seen)
    {
        foreach (var inner in Held(type).Concat(IsOurs(type) && seen.Add(type) ? Own(type).Select(member => member.PropertyType) : []))
        {
            Parts(inner, seen);
        }

        return seen;
    }

    // The element of a list is what the list is of
    private static Type Bare(Type type) => Held(type).LastOrDefault() is { } inner ? Bare(inner) : type;

    private static Type[] Held(Type type) => type.IsArray ? [type.GetElementType()!] : type.IsGenericType ? type.GetGenericArguments() : [];

    private static bool IsMarked(PropertyInfo member) => member.IsDefined(typeof(PersonalDataAttribute));

    private static bool IsOurs(Type type) => type.Namespace?.StartsWith(nameof(MilleCafes), StringComparison.Ordinal) is true && !type.IsEnum;

    private static IEnumerable<PropertyInfo> Own(Type type) => IsOurs(type) ? type.GetProperties(BindingFlags.Public | BindingFlags.Instance) : [];
}
