using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;

namespace ScaleMs.Core.Graph;

/// <content>What one step does and reads. By index and without iterators: there are many steps, and next to nothing is wrong with them.</content>
internal sealed partial class StepChecks
{
    private static void Work(StepInstance step, List<Fault> faults)
    {
        if (step.Outputs.Count == 0 && !step.IsAlways)
        {
            faults.Add(WorkflowFaults.NoOutput(step));
        }

        for (var i = 0; i < step.Outputs.Count; i++)
        {
            if (step.Outputs[i] is { Store: StoreAs.InPlace, PublishTo: null } output)
            {
                faults.Add(WorkflowFaults.InPlaceNotPublished(step, output));
            }
        }

        if (step.Operation is Operation.Commands commands)
        {
            Commands(step, commands.List, faults);
        }
    }

    private static void Commands(StepInstance step, IReadOnlyList<Command> commands, List<Fault> faults)
    {
        if (commands.Count == 0)
        {
            faults.Add(WorkflowFaults.NothingToDo(step));
        }

        for (var i = 0; i < commands.Count; i++)
        {
            if (commands[i].StandardInputFile is { } file && !HasFile(step, file))
            {
                faults.Add(WorkflowFaults.UndeclaredStandardInput(step, commands[i]));
            }
        }

        for (var i = 0; i < commands.Count; i++)
        {
            CheckProgram(step, commands, i, commands[i].Through?.Program, faults);
            CheckProgram(step, commands, i, commands[i].Program, faults);
        }
    }

    private static void CheckProgram(StepInstance step, IReadOnlyList<Command> commands, int place, string? program, List<Fault> faults)
    {
        if (program is not null && !IsDeclared(step, program) && !commands.Take(place).Any(command => command.Programs.Contains(program, StringComparer.Ordinal)))
        {
            faults.Add(WorkflowFaults.UndeclaredProgram(step, program));
        }
    }

    /// <summary>Whether a file is there when the commands start, or one of them is to write it.</summary>
    private static bool HasFile(StepInstance step, ArtifactPath file) =>
        step.Inputs.Any(input => input.Name == file) || step.Templates.Any(template => template.Name == file) || step.Outputs.Any(output => output.Path == file);

    private static bool IsDeclared(StepInstance step, string program) =>
        program.StartsWith("./", StringComparison.Ordinal) ? IsInput(step, program.AsSpan(2)) : IsTool(step, program);

    private static bool IsInput(StepInstance step, ReadOnlySpan<char> name)
    {
        for (var i = 0; i < step.Inputs.Count; i++)
        {
            if (name.SequenceEqual(step.Inputs[i].Name.Value))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsTool(StepInstance step, string name)
    {
        for (var i = 0; i < step.Tools.Count; i++)
        {
            if (step.Tools[i].Name == name)
            {
                return true;
            }
        }

        return false;
    }

    private void Inputs(StepInstance step, List<Fault> faults)
    {
        for (var i = 0; i < step.Inputs.Count; i++)
        {
            if (step.Inputs[i].Source is InputSource.SourceFile source)
            {
                Source(step, source, faults);
            }
            else if (step.Inputs[i].Source is InputSource.StepOutput output)
            {
                Read(step, step.Inputs[i], output, faults);
            }
        }

        for (var i = 0; i < step.Templates.Count; i++)
        {
            Source(step, step.Templates[i].Source, faults);
        }
    }

    private void Source(StepInstance step, InputSource.SourceFile source, List<Fault> faults)
    {
        if (ProducerOf(source.Path) is { } producer)
        {
            faults.Add(WorkflowFaults.SourceIsOutput(step, source.Path, producer));
        }
    }

    private void Read(StepInstance step, Input input, InputSource.StepOutput output, List<Fault> faults)
    {
        if (!_byId.TryGetValue(output.Step, out var maker))
        {
            faults.Add(WorkflowFaults.UnknownProducer(step, input, output.Step));
        }
        else if (!IsMade(maker, output.Output))
        {
            faults.Add(WorkflowFaults.UnknownOutput(step, input, maker, output.Output));
        }
    }

    /// <summary>Which files are in a directory is known where the definition goes on from it.</summary>
    private bool IsMade(StepInstance maker, ArtifactPath path)
    {
        for (var i = 0; i < maker.Outputs.Count; i++)
        {
            if (maker.Outputs[i].Path == path || (_earlier is not null && maker.Outputs[i].Covers(path)))
            {
                return true;
            }
        }

        return false;
    }
}
