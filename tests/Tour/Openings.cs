using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace MilleCafes.Tour;

/// <summary>One row of the file: a commune, the month in which its café opened, and what its letter would say.</summary>
/// <param name="Month">Year and month, as <c>2023-01</c>.</param>
/// <param name="Commune">The name as somebody wrote it, which need not be the official one.</param>
/// <param name="Departement">The code of the département.</param>
internal sealed record Opening(
    string Month,
    string Commune,
    string Departement,
    string CafeSituation,
    int OtherShops,
    bool CarriedByMayor,
    bool PremisesAvailable,
    string? PremisesDescription,
    int? SurfaceSquareMetres,
    bool HousingForTwo,
    bool ResidentsInvolved);

internal static class Openings
{
    /// <summary>The file that goes with the tour.</summary>
    public static string DefaultFile => Path.Combine(AppContext.BaseDirectory, "openings-2023.csv");

    /// <summary>Reads every row; a file that cannot be read whole is refused with its first faulty line.</summary>
    public static IReadOnlyList<Opening> Read(string file)
    {
        try
        {
            using var reader = new StreamReader(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            using var csv = new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                AllowComments = true,
                TrimOptions = TrimOptions.Trim,
                PrepareHeaderForMatch = header => header.Header.ToUpperInvariant(),
            });
            csv.Context.TypeConverterOptionsCache.GetOptions<string>().NullValues.Add("");
            return [.. csv.GetRecords<Opening>()];
        }
        catch (CsvHelperException exception)
        {
            throw new TourException($"{file}, {exception.Context?.Parser?.RawRow}: {exception.Message.Split('\n')[0].Trim()}", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw new TourException($"{file}: {exception.Message}", exception);
        }
    }
}
