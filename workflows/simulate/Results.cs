using System.Text.RegularExpressions;

namespace Simulate;

/// <summary>Where the study's results are published, relative to the workspace.</summary>
internal static partial class Results
{
    public const string Directory = "results";
    public const string Prepare = $"{Directory}/prepare";
    public const string Equilibrate = $"{Directory}/equilibrate";
    public const string Table = $"{Directory}/ensemble.csv";
    public const string Summary = $"{Directory}/summary.json";

    public static string Of(Replica replica, string name) => $"{Directory}/replicas/{replica.Name}/{name}";

    public static string Plot(string name) => $"{Directory}/plots/{name}.svg";

    /// <summary>Whether the study may publish a file under this name.</summary>
    public static bool IsName(string path) => Names().IsMatch(path);

    [GeneratedRegex(
        @"\Aresults/(ensemble\.csv|summary\.json|plots/[a-z]+\.svg|prepare/(system\.gro|topol\.top|posre\.itp)" +
        @"|equilibrate/(em|nvt|npt)\.[a-z]+|replicas/replica-[0-9]+/(prod\.[a-z]+|(energy|rmsd|gyrate|rdf)\.xvg|row\.csv))\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Names();
}
