using System.Globalization;
using ScaleMs;

namespace Simulate;

/// <summary>The row of one replica: the numbers of the reference script's awk, with the same digits.</summary>
public static class ReplicaRow
{
    /// <summary>Reads <c>energy.xvg</c>, <c>rmsd.xvg</c>, <c>gyrate.xvg</c> and <c>rdf.xvg</c>; writes <c>row.csv</c>.</summary>
    /// <param name="files">The step's directory.</param>
    /// <param name="replica">The replica.</param>
    public static void Write(StepFiles files, Replica replica)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(replica);
        var energy = Read(files, "energy.xvg");
        var rmsd = Read(files, "rmsd.xvg");
        var gyration = Read(files, "gyrate.xvg");
        var (distance, peak) = Peak(Read(files, "rdf.xvg"));
        var values = new[]
        {
            Text(replica.Index, "D"), Text(replica.Temperature, ""), Text(replica.Seed, "D"),
            Text(Mean(energy, 1), "F3"), Text(Mean(energy, 2), "F3"), Text(Deviation(energy, 2), "F3"), Text(Mean(energy, 3), "F3"),
            Text(rmsd[^1][1], "F5"), Text(Mean(gyration, 1), "F5"), Text(distance, "F3"), Text(peak, "F4"),
        };
        files.WriteText("row.csv", string.Join(',', values) + "\n");
    }

    private static string Text(IFormattable value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static IReadOnlyList<double[]> Read(StepFiles files, string name) => Xvg.Read(files.ReadLines(name), name);

    private static double Mean(IReadOnlyList<double[]> rows, int column) => rows.Sum(row => row[column]) / rows.Count;

    /// <summary>The standard deviation over the frames (divisor n), by the formula of the reference; rounding below zero counts as zero.</summary>
    private static double Deviation(IReadOnlyList<double[]> rows, int column)
    {
        var mean = Mean(rows, column);
        return Math.Sqrt(Math.Max(0, (rows.Sum(row => row[column] * row[column]) / rows.Count) - (mean * mean)));
    }

    /// <summary>The first largest value of g(r), and its distance.</summary>
    private static (double Distance, double Value) Peak(IReadOnlyList<double[]> rows)
    {
        var peak = (Distance: 0.0, Value: 0.0);
        foreach (var row in rows)
        {
            peak = row[1] > peak.Value ? (row[0], row[1]) : peak;
        }

        return peak;
    }
}
