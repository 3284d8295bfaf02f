using ScaleMs.Benchmarks.Graphs;

namespace ScaleMs.Benchmarks.Peers;

/// <summary>An engine that is measured: how a graph is written in its language, and how it is called.</summary>
internal abstract class Peer
{
    public abstract string Name { get; }

    /// <summary>The program and its arguments; run in the workspace, it brings everything up to date.</summary>
    public abstract IReadOnlyList<string> Call(int jobs);

    /// <summary>Whether it is installed.</summary>
    public virtual bool IsThere => Programs.Find(Name) is not null;

    /// <summary>What it keeps beside the outputs, relative to the workspace.</summary>
    protected virtual IReadOnlyList<string> State => [];

    /// <summary>Writes the inputs and the description of a graph.</summary>
    public virtual void Write(BenchGraph graph, string workspace)
    {
        graph.WriteLeaves(workspace);
        Describe(graph, workspace);
        RemoveOutputs(workspace);
    }

    /// <summary>Takes away what spares a run or plan that finds nothing to do from being made in full.</summary>
    public virtual void ForgetNullRuns(string workspace)
    {
    }

    /// <summary>Where an output is found.</summary>
    public virtual string PathOf(string workspace, BenchStep step) => Path.Combine(workspace, step.Output);

    /// <summary>Removes outputs and state: the next run builds everything.</summary>
    public virtual void MakeCold(string workspace)
    {
        RemoveOutputs(workspace);
        foreach (var state in State)
        {
            PutAside(workspace, state);
        }
    }

    /// <summary>Removes the outputs and keeps the state.</summary>
    public void RemoveOutputs(string workspace)
    {
        PutAside(workspace, "out");
        Directory.CreateDirectory(Path.Combine(workspace, "out"));
    }

    /// <summary>How many steps the run that wrote this log executed; null when only the rewritten outputs tell.</summary>
    public virtual int? Executed(string log) => null;

    /// <summary>Peak memory of a server that outlives the call, bytes.</summary>
    public virtual long ServerPeakBytes(string workspace) => 0;

    /// <summary>Ends what the engine left running.</summary>
    public virtual void Finish(string workspace)
    {
    }

    /// <summary>Moves something out of the workspace, for whoever removes all workspaces at the end.</summary>
    /// <remarks>
    /// Thousands of files deleted just before the clock starts are not the engine's work, but it would pay for them: ext4 without a journal
    /// passes over every inode deleted in the last seconds each time it makes a new one.
    /// </remarks>
    protected static void PutAside(string workspace, string name)
    {
        var path = Path.Combine(workspace, name);
        var aside = Path.Combine(Directory.CreateDirectory(workspace + ".aside").FullName, Guid.NewGuid().ToString("N"));
        if (Directory.Exists(path))
        {
            Directory.Move(path, aside);
        }
        else if (File.Exists(path))
        {
            File.Move(path, aside);
        }
    }

    /// <summary>Writes the graph in the engine's language.</summary>
    protected abstract void Describe(BenchGraph graph, string workspace);

    protected static void WriteLines(string workspace, string name, IEnumerable<string> lines) =>
        File.WriteAllText(Path.Combine(workspace, name), string.Concat(lines.Select(line => line + "\n")));
}
