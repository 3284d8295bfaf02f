using Cake.Frosting;

namespace ScaleMs.Benchmarks.Host;

/// <summary>A step for each line of the graph, executed without a shell.</summary>
[TaskName("all"), TaskDescription("Every step of graph.tsv")]
public sealed class AllTask : StepTask<GraphContext>
{
    private static readonly ToolSpec Copy = ToolSpec.Binary("cp");
    private static readonly ToolSpec Head = ToolSpec.Binary("head");
    private static readonly ToolSpec Arguments = ToolSpec.Binary("xargs");

    public override void Define(StepBuilder steps, GraphContext context)
    {
        var made = new Dictionary<string, Artifact>(StringComparer.Ordinal);
        foreach (var line in context.Lines)
        {
            made.Add(line.Output, Add(steps, context, line, made));
        }
    }

    private static Artifact Add(StepBuilder steps, GraphContext context, GraphLine line, Dictionary<string, Artifact> made)
    {
        var step = steps.Step(line.Name).Output(line.Output, publish: line.Output);
        foreach (var input in line.Inputs)
        {
            _ = made.TryGetValue(input, out var artifact) ? step.Input(input, artifact) : step.Input(input, context.Source(input));
        }

        AddCommand(step, line);
        return step.File(line.Output);
    }

    private static void AddCommand(Step step, GraphLine line)
    {
        var vector = line.Vector;
        switch (vector[0])
        {
            case "cp":
                step.Tool(Copy).Run("cp", vector[1..]);
                break;
            case "head":
                step.Tool(Head).Run("head", vector[1..]);
                break;
            case "xargs":
                // The names come from a file; xargs reads it by itself, which saves the shell.
                step.Tool(Arguments).Tool(Head).Run("xargs", ["-a", line.StandardInput!, .. vector[1..]]);
                break;
            default:
                throw new InvalidDataException($"graph.tsv: the host knows no program '{vector[0]}'.");
        }

        if (line.StandardOutput is { } file)
        {
            step.OutputTo(file);
        }
    }
}
