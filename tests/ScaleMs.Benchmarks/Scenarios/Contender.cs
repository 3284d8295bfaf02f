using ScaleMs.Benchmarks.Graphs;
using ScaleMs.Benchmarks.Measuring;
using ScaleMs.Benchmarks.Peers;

namespace ScaleMs.Benchmarks.Scenarios;

/// <summary>An engine in a workspace of its own.</summary>
/// <param name="Peer">The engine.</param>
/// <param name="Graph">The graph.</param>
/// <param name="Workspace">Its folder.</param>
internal sealed record Contender(Peer Peer, BenchGraph Graph, string Workspace)
{
    /// <summary>The leaf that scenarios edit.</summary>
    public string EditedLeaf => Path.Combine(Workspace, Graph.EditedLeaf);

    /// <summary>A copy of that leaf, made by the first step.</summary>
    public string FirstOutput => Peer.PathOf(Workspace, Graph.Steps[0]);

    /// <summary>Whether the copy is what the leaf is.</summary>
    public bool IsRight => File.ReadAllBytes(FirstOutput).AsSpan().SequenceEqual(File.ReadAllBytes(EditedLeaf));

    private string Log => Path.Combine(Workspace, ".bench.log");

    /// <summary>Runs the engine once.</summary>
    /// <param name="jobs">Its width.</param>
    /// <param name="options">Further options of our host.</param>
    public Timing Run(int jobs, params IEnumerable<string> options) => TimedProcess.Run([.. Peer.Call(jobs), .. options], Workspace, Log);

    /// <summary>Steps that the last run executed: by its log, else by the outputs that are other files than before.</summary>
    public int Executed(IReadOnlyList<(DateTime Written, long Length)> before) =>
        Peer.Executed(File.ReadAllText(Log)) ?? before.Zip(Stamps()).Count(pair => pair.First != pair.Second);

    /// <summary>When each output was written.</summary>
    public List<(DateTime Written, long Length)> Stamps() => [.. Graph.Steps.Select(step => new FileInfo(Peer.PathOf(Workspace, step)))
        .Select(file => file.Exists ? (Resolved(file).LastWriteTimeUtc, Resolved(file).Length) : default)];

    /// <exception cref="InvalidOperationException">An output is missing.</exception>
    public void RequireOutputs()
    {
        if (Graph.Steps.FirstOrDefault(step => !File.Exists(Peer.PathOf(Workspace, step))) is { } missing)
        {
            throw new InvalidOperationException($"the output of step {missing.Name} is missing");
        }
    }

    private static FileInfo Resolved(FileInfo file) => file.LinkTarget is null ? file : (FileInfo)file.ResolveLinkTarget(returnFinalTarget: true)!;
}
