using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ScaleMs;

namespace Simulate;

/// <summary>The study in one JSON document: what was asked for, each replica, and the ensemble's ranges.</summary>
public static class EnsembleSummary
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads <c>ensemble.csv</c>, writes <c>summary.json</c>.</summary>
    /// <param name="files">The step's directory.</param>
    /// <param name="study">What was asked for.</param>
    public static void Write(StepFiles files, Study study)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(study);
        var lines = files.ReadLines("ensemble.csv").Select(line => line.Split(',')).ToList();
        var (columns, rows) = (lines[0], lines.Skip(1).Select(Numbers).ToList());
        var document = new
        {
            study,
            replicas = rows.Select(row => columns.Zip(row).ToDictionary(pair => pair.First, pair => pair.Second)).ToList(),
            ensemble = columns.Index().Where(column => column.Item is not ("replica" or "seed"))
                .ToDictionary(column => column.Item, column => Spread(rows.Select(row => row[column.Index]).ToList())),
        };
        files.WriteText("summary.json", JsonSerializer.Serialize(document, Layout) + "\n");
    }

    private static double[] Numbers(string[] words) => words.Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray();

    // Rounded, because the table has no more digits than that.
    private static object Spread(List<double> values) => new { mean = Math.Round(values.Average(), 6), min = values.Min(), max = values.Max() };
}

/// <summary>What was asked for, as it stands in the summary.</summary>
/// <param name="Structure">The structure's file.</param>
/// <param name="ForceField">The force field's name.</param>
/// <param name="Water">The water model's name.</param>
/// <param name="Size">The size's name.</param>
/// <param name="MinimiseSteps">Steps of minimisation.</param>
/// <param name="EquilibrateSteps">Steps of each stage of equilibration, 2 fs each.</param>
/// <param name="ProduceSteps">Steps of production per replica, 2 fs each.</param>
/// <param name="Seed">The study's seed.</param>
/// <param name="Threads">OpenMP threads per mdrun.</param>
public sealed record Study(
    string Structure, string ForceField, string Water, string Size, long MinimiseSteps, long EquilibrateSteps, long ProduceSteps, long Seed, int Threads);
