using System.Globalization;
using System.Text;

namespace ScaleMs.Benchmarks.Graphs;

/// <summary>A generated graph: leaves and steps, producers before consumers. The same shape and size always give the same graph.</summary>
internal sealed class BenchGraph(string shape)
{
    private const int LeafBytes = 1024;
    private readonly SortedDictionary<string, byte[]> _leaves = new(StringComparer.Ordinal);
    private readonly List<BenchStep> _steps = [];

    public string Shape { get; } = shape;

    public IReadOnlyDictionary<string, byte[]> Leaves => _leaves;

    public IReadOnlyList<BenchStep> Steps => _steps;

    /// <summary>Outputs that no step reads.</summary>
    public IReadOnlyList<string> Targets { get; set; } = [];

    /// <summary>The leaf that scenarios edit; the first step is a copy of it.</summary>
    public string EditedLeaf => _leaves.Keys.First();

    /// <summary>Adds a leaf whose bytes repeat its name.</summary>
    public string AddLeaf(int number)
    {
        var name = $"l{Number(number)}";
        var seed = Encoding.ASCII.GetBytes(name + " ");
        var bytes = new byte[LeafBytes];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = seed[i % seed.Length];
        }

        return AddLeaf("in/" + name, bytes);
    }

    public string AddLeaf(string path, byte[] bytes)
    {
        _leaves.Add(path, bytes);
        return path;
    }

    /// <summary>Adds a step, numbered by its place.</summary>
    /// <returns>Its output.</returns>
    public string AddStep(StepKind kind, params IReadOnlyList<string> inputs)
    {
        var step = new BenchStep("cmz"[(int)kind] + Number(_steps.Count), kind, inputs);
        _steps.Add(step);
        return step.Output;
    }

    /// <summary>Writes the leaves into a workspace.</summary>
    public void WriteLeaves(string workspace)
    {
        Directory.CreateDirectory(Path.Combine(workspace, "in"));
        foreach (var (path, bytes) in _leaves)
        {
            File.WriteAllBytes(Path.Combine(workspace, path), bytes);
        }
    }

    private static string Number(int number) => number.ToString("D6", CultureInfo.InvariantCulture);
}
