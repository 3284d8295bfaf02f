namespace ScaleMs.Benchmarks.Graphs;

/// <summary>A step of a generated graph: one small coreutils process that reads its inputs and writes one file below <c>out/</c>.</summary>
/// <param name="Name">The name, also the output's.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Inputs">Paths relative to the workspace.</param>
internal sealed record BenchStep(string Name, StepKind Kind, IReadOnlyList<string> Inputs)
{
    /// <summary>The file that names the inputs of a reducing step.</summary>
    public const string ReduceList = "in/reduce.list";

    public string Output => "out/" + Name;

    /// <summary>The command as a shell reads it.</summary>
    public string Command => Kind switch
    {
        StepKind.Copy => $"cp {Inputs[0]} {Output}",
        StepKind.Mix => $"head -qc 342 {string.Join(' ', Inputs)} > {Output}",
        _ => $"xargs head -qc 16 < {ReduceList} > {Output}",
    };
}

/// <summary>What a step does.</summary>
internal enum StepKind
{
    /// <summary>Copies 1 KiB.</summary>
    Copy,

    /// <summary>Takes 342 bytes of each input, so an edit past them leaves the output as it was.</summary>
    Mix,

    /// <summary>Takes 16 bytes of each of many inputs.</summary>
    Reduce,
}
