using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;

namespace MilleCafes.Shared.Communes;

/// <summary>A name and code inside a commune: déléguée, associée or arrondissement.</summary>
internal readonly record struct CommunePart(string Code, string Name, CommuneCodeKind Kind, int Commune);

/// <summary>The embedded file, read; <c>Data/README.md</c> says what stands in it.</summary>
internal sealed class RegistryFile
{
    private const string Resource = "MilleCafes.Shared.Communes.communes.tsv.gz";

    private int departement;

    public int Year { get; private set; }

    /// <summary>The first year from which on it is known in which year a code ended.</summary>
    public int OldestYear { get; private set; }

    /// <summary>The first year of which the registry has a code no longer.</summary>
    public Dictionary<string, int> Ended { get; } = [];

    public List<Departement> Departements { get; } = new(128);

    public List<Commune> Communes { get; } = new(36_000);

    public List<CommunePart> Parts { get; } = new(4_000);

    public static RegistryFile Read()
    {
        using var stream = typeof(RegistryFile).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly lacks the resource {Resource}.");
        using var reader = new StreamReader(new GZipStream(stream, CompressionMode.Decompress), Encoding.UTF8, false, bufferSize: 1 << 16);
        var file = new RegistryFile();
        // Most communes share their postcode with others, and so its text and its list
        var knownCodes = new Dictionary<string, string[]> { [""] = [] }.GetAlternateLookup<ReadOnlySpan<char>>();
        while (reader.ReadLine() is { } line)
        {
            file.Add(line, knownCodes);
        }

        return file;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(ReadOnlySpan<char> line, Dictionary<string, string[]>.AlternateLookup<ReadOnlySpan<char>> knownCodes)
    {
        Span<Range> ranges = stackalloc Range[7];
        var count = line.Split(ranges, '\t');
        if (count < 2)
        {
            return;
        }

        var second = line[ranges[1]];
        switch (line[0])
        {
            case 'Y':
                Year = int.Parse(second, CultureInfo.InvariantCulture);
                OldestYear = int.Parse(line[ranges[2]], CultureInfo.InvariantCulture);
                break;
            case 'E':
                Ended.Add(second.ToString(), int.Parse(line[ranges[2]], CultureInfo.InvariantCulture));
                break;
            case 'D':
                Departements.Add(new(second.ToString(), line[ranges[2]].ToString(), line[ranges[3]].ToString()));
                break;
            case 'C':
                while (!second.StartsWith(Departements[departement].Code, StringComparison.Ordinal))
                {
                    departement++;
                }

                var (departementCode, departementName, region) = Departements[departement];
                var population = line[ranges[3]];
                Communes.Add(new(
                    second.ToString(),
                    line[ranges[2]].ToString(),
                    departementCode,
                    departementName,
                    region,
                    population.IsEmpty ? 0 : int.Parse(population, CultureInfo.InvariantCulture),
                    Codes(line[ranges[4]], knownCodes),
                    Codes(line[ranges[5]], knownCodes)));
                break;
            case var kind:
                Parts.Add(new(second.ToString(), line[ranges[2]].ToString(), KindOf(kind), Communes.Count - 1));
                break;
        }
    }

    private static CommuneCodeKind KindOf(char letter) => letter switch
    {
        'd' => CommuneCodeKind.Delegated,
        'a' => CommuneCodeKind.Associated,
        'm' => CommuneCodeKind.Arrondissement,
        _ => throw new InvalidDataException($"The registry has a line of the unknown kind '{letter}'."),
    };

    private static string[] Codes(ReadOnlySpan<char> list, Dictionary<string, string[]>.AlternateLookup<ReadOnlySpan<char>> knownCodes)
    {
        if (!knownCodes.TryGetValue(list, out var codes))
        {
            codes = list.ToString().Split(' ');
            knownCodes[list] = codes;
        }

        return codes;
    }
}
