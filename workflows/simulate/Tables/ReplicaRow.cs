using System.Globalization;
using ScaleMs;
using ScaleMs.Recipes.Analysis;

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
            Text(Series.Mean(energy.Numbers("2")), "F3"), Text(Series.Mean(energy.Numbers("3")), "F3"), Text(Series.Deviation(energy.Numbers("3")), "F3"),
            Text(Series.Mean(energy.Numbers("4")), "F3"), Text(rmsd.Numbers("2")[^1], "F5"), Text(Series.Mean(gyration.Numbers("2")), "F5"),
            Text(distance, "F3"), Text(peak, "F4"),
        };
        files.WriteText("row.csv", string.Join(',', values) + "\n");
    }

    private static string Text(IFormattable value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static DataTable Read(StepFiles files, string name) => DataTable.Read(files.ReadLines(name), name);

    /// <summary>The first largest value of g(r), and its distance.</summary>
    private static (double Distance, double Value) Peak(DataTable rdf)
    {
        var peak = (Distance: 0.0, Value: 0.0);
        foreach (var (distance, value) in rdf.Numbers("1").Zip(rdf.Numbers("2")))
        {
            peak = value > peak.Value ? (distance, value) : peak;
        }

        return peak;
    }
}
