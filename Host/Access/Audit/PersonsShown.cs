using System.Collections.Immutable;

namespace MilleCafes.Host.Access.Audit;

/// <summary>Things of one type whose persons were shown.</summary>
internal sealed record ShownPersons(string SubjectType, ImmutableArray<Guid> Subjects);

/// <summary>The persons whose data the answer of one request shows, by the type of the things that speak of them.</summary>
internal sealed class PersonsShown
{
    private readonly Dictionary<string, HashSet<Guid>> subjects = [];
    private readonly HashSet<(string, Guid)> noted = [];
    private readonly Stack<(string Type, Guid Id)> being = [];

    public static PersonsShown Of(HttpContext http)
    {
        if (http.Features.Get<PersonsShown>() is not { } shown)
        {
            http.Features.Set(shown = new());
        }

        return shown;
    }

    /// <summary>All of them.</summary>
    public ImmutableArray<ShownPersons> All => [.. subjects.Select(one => new ShownPersons(one.Key, [.. one.Value]))];

    /// <summary>A thing is being written: what is written next is in it.</summary>
    public void Enter(string type, Guid id) => being.Push((type, id));

    public void Leave() => being.TryPop(out _);

    /// <summary>Whether it is known of what thing the person is a part.</summary>
    public bool Note() => being.TryPeek(out var subject) && Note(subject.Type, subject.Id);

    public void Note(ShownPersons persons)
    {
        foreach (var id in persons.Subjects)
        {
            Note(persons.SubjectType, id);
        }
    }

    /// <summary>Those that have not been taken before.</summary>
    public ImmutableArray<ShownPersons> Take() =>
    [
        .. subjects.Select(one => new ShownPersons(one.Key, [.. one.Value.Where(id => noted.Add((one.Key, id)))])).Where(one => one.Subjects.Length > 0),
    ];

    private bool Note(string type, Guid id)
    {
        if (!subjects.TryGetValue(type, out var known))
        {
            subjects[type] = known = [];
        }

        known.Add(id);
        return true;
    }
}
