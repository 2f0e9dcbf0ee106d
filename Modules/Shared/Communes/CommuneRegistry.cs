namespace MilleCafes.Shared.Communes;

/// <summary>The official registry of communes: read once from the assembly, never changed, safe to share.</summary>
public sealed class CommuneRegistry
{
    private static readonly Lazy<CommuneRegistry> Shared = new(Load);

    private readonly RegistryFile file;
    private readonly NameIndex names;
    private readonly CommuneSearch search;
    private readonly Dictionary<string, CodeTarget> codes;
    private readonly Dictionary<string, byte> departements;
    private readonly Lazy<ILookup<string, string>> ended;

    private CommuneRegistry(RegistryFile file)
    {
        this.file = file;
        names = new(file);
        search = new(names, new(file), file.Communes.Count);
        departements = file.Departements.Index().ToDictionary(pair => pair.Item.Code, pair => (byte)pair.Index);
        codes = CodesOf(file);
        ended = new(() => codes
            .Where(code => code.Value.Kind is CommuneCodeKind.Delegated or CommuneCodeKind.Associated or CommuneCodeKind.Former)
            .ToLookup(code => file.Communes[code.Value.Commune].InseeCode, code => code.Key));
    }

    /// <summary>The registry of this build; read at its first use.</summary>
    public static CommuneRegistry Official => Shared.Value;

    /// <summary>The year of the official geographic code and of the populations in force.</summary>
    public int RegistryYear => file.Year;

    /// <summary>When this state of the registry took effect, in France: the one instant at which every commune of it last changed.</summary>
    public DateTimeOffset EffectiveAt => StartOf(RegistryYear);

    /// <summary>Every commune, by INSEE code.</summary>
    public IReadOnlyList<Commune> Communes => file.Communes;

    public IReadOnlyList<Departement> Departements => file.Departements;

    /// <summary>Reads the registry anew; <see cref="Official"/> does it once for all.</summary>
    public static CommuneRegistry Load() => new(RegistryFile.Read());

    public Departement? FindDepartement(string? code) => IndexOf(code) is { } index ? file.Departements[index] : null;

    /// <summary>The commune that a code, in use or not, belongs to today; none when INSEE never gave it, or when it is malformed.</summary>
    public CommuneMatch? Find(string? inseeCode) =>
        InseeCode.TryParse(inseeCode, out var code) && codes.TryGetValue(code.Value, out var target)
            ? new(file.Communes[target.Commune], code.Value, target.Kind, target.Name)
            : null;

    /// <summary>The codes that a commune took over since an instant; those that ended before it is known when, if they may have ended since.</summary>
    public IEnumerable<EndedCode> EndedSince(DateTimeOffset instant, Commune successor) =>
        from code in ended.Value[successor.InseeCode]
        let year = file.Ended.TryGetValue(code, out var known) ? known : (int?)null
        where StartOf(year ?? file.OldestYear) >= instant
        orderby code
        select new EndedCode(code, successor, year is { } told ? new DateOnly(told, 1, 1) : null);

    /// <summary>Every code that leads to the commune of this one, be it in use or not: the commune's own first; none when no commune has it.</summary>
    public IReadOnlyList<string> CodesOf(string? inseeCode) =>
        Find(inseeCode) is { Commune.InseeCode: var own } ? [own, .. ended.Value[own].Order(StringComparer.Ordinal)] : [];

    /// <summary>Communes by name, former name, postcode or INSEE code, best first; without a text, by département and name.</summary>
    /// <param name="after">The <see cref="CommunePage.Next"/> of the page before, of the same search.</param>
    public CommunePage Search(string? text = null, string? departement = null, bool? eligible = null, string? after = null, int limit = 50)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var within = IndexOf(departement);
        var last = Target(after);
        if ((within is null && !string.IsNullOrWhiteSpace(departement)) || (last is null && after is not null))
        {
            return new([], null);
        }

        var scope = new SearchScope(within, eligible, Target(text)?.Commune, last?.Commune, limit);
        var found = string.IsNullOrWhiteSpace(text) ? search.List(scope) : search.Find(text, scope);
        var items = found.Take(limit).Select(position => Hit(position, text)).ToList();
        return new(items, found.Count > limit ? items[^1].Commune.InseeCode : null);
    }

    /// <summary>The official names closest to one that is not official, the closest first.</summary>
    public IReadOnlyList<CommuneSuggestion> Closest(string name, string? departement = null, int count = 5)
    {
        var within = IndexOf(departement);
        return within is null && !string.IsNullOrWhiteSpace(departement)
            ? []
            : [.. ClosestNames.Find(names, name, within, count).Select(found => Suggestion(found.Entry, found.Similarity))];
    }

    private static DateTimeOffset StartOf(int year) => new(year, 1, 1, 0, 0, 0, TimeSpan.FromHours(1));

    private static Dictionary<string, CodeTarget> CodesOf(RegistryFile file)
    {
        var codes = new Dictionary<string, CodeTarget>(file.Communes.Count + file.Parts.Count + 4_000);
        foreach (var (index, commune) in file.Communes.Index())
        {
            codes.Add(commune.InseeCode, new(index, CommuneCodeKind.Current, commune.Name));
        }

        // A commune nouvelle keeps the code of its main déléguée, and a code in use on a part wins over its mention as a former one
        foreach (var part in file.Parts)
        {
            codes.TryAdd(part.Code, new(part.Commune, part.Kind, part.Name));
        }

        foreach (var (index, commune) in file.Communes.Index())
        {
            foreach (var code in commune.FormerCodes)
            {
                codes.TryAdd(code, new(index, CommuneCodeKind.Former, null));
            }
        }

        return codes;
    }

    private byte? IndexOf(string? departement) =>
        departement is not null && departements.TryGetValue(departement.Trim().ToUpperInvariant(), out var index) ? index : null;

    private CodeTarget? Target(string? text) =>
        InseeCode.TryParse(text, out var code) && codes.TryGetValue(code.Value, out var target) ? target : null;

    private CommuneHit Hit(int position, string? text)
    {
        var entry = names.Entries[position];
        var name = entry.Part >= 0 ? file.Parts[entry.Part].Name : null;
        return Target(text) is { Kind: not CommuneCodeKind.Current } target && target.Commune == entry.Commune
            ? new(file.Communes[entry.Commune], target.Name)
            : new(file.Communes[entry.Commune], name);
    }

    private CommuneSuggestion Suggestion(in NameEntry entry, double similarity)
    {
        var commune = file.Communes[entry.Commune];
        return new(commune, entry.Part >= 0 ? file.Parts[entry.Part].Name : commune.Name, similarity);
    }

    private readonly record struct CodeTarget(int Commune, CommuneCodeKind Kind, string? Name);
}
