using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Snapshots;

namespace ScaleMs.Store.Definitions;

/// <summary>Writes down a definition that a run found up to date, so that a later run can take from it what an edit reaches.</summary>
/// <remarks>
/// Form: magic with the version; each instance's outputs and declaration, readable by themselves; tasks and instances with what joins them
/// (<see cref="KeptStep"/>); where those begin, 8 bytes; CRC-32C of all between the magic and it.
/// </remarks>
internal sealed class DefinitionWriter
{
    /// <summary>A few million steps. Beyond it runs are made in full.</summary>
    private const int LargestBody = 1 << 30;

    private readonly LookNumbers _looks;
    private readonly Dictionary<StepId, int> _numbers;
    private readonly Dictionary<string, int> _tasks = new(StringComparer.Ordinal);
    private readonly WorkflowDefinition _definition;

    /// <summary>What joins the steps, which comes behind all declarations: a few bytes for each.</summary>
    private readonly BinarySink _joined = new();
    private readonly List<int> _producers = [];
    private readonly List<int> _seen = [];

    private DefinitionWriter(WorkflowDefinition definition, LookNumbers looks)
    {
        (_definition, _looks) = (definition, looks);
        _numbers = new Dictionary<StepId, int>(definition.Steps.Count);
        foreach (var task in definition.Tasks)
        {
            _tasks.Add(task.Name, _tasks.Count);
        }
    }

    /// <summary>Writes a definition aside and renames it.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="definition">The definition of a run that found nothing to do.</param>
    /// <param name="looks">What that run looked at.</param>
    /// <param name="workspace">The workspace's folder, absolute.</param>
    /// <returns>What to know it by; null for a definition of which no part can be taken, and nothing is written.</returns>
    /// <exception cref="IOException">The disk refused.</exception>
    public static DefinitionMark? Write(string path, WorkflowDefinition definition, IEnumerable<Look> looks, string workspace) =>
        CanKeep(definition) && new LookNumbers(definition.Steps, looks, workspace) is { IsAnyReadAndPublished: false } numbers ? new DefinitionWriter(definition, numbers).Write(path) : null;

    /// <summary>Where a definition goes on while it runs, or plain tasks run, nobody can say what an edit reaches.</summary>
    private static bool CanKeep(WorkflowDefinition definition) =>
        definition is { Continuations.Count: 0, Faults.Count: 0, Settled: null } && definition.Tasks.All(task => task is { IsPlain: false, IsSkipped: false });

    private DefinitionMark? Write(string path)
    {
        var temporary = TemporaryName.Beside(path);
        try
        {
            if (WriteTo(temporary) is not { } mark)
            {
                return null;
            }

            File.Move(temporary, path, overwrite: true);
            return mark;
        }
        finally
        {
            TemporaryName.TryDelete(temporary);
        }
    }

    private DefinitionMark? WriteTo(string path)
    {
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        var stream = new IndexStream(file, DefinitionFile.Magic.ToArray(), LargestBody);
        foreach (var step in _definition.Steps)
        {
            if (!FindsProducers(step) || !_numbers.TryAdd(step.Id, _numbers.Count))
            {
                return null;
            }

            var can = FindsLooks(step) ? KeptStep.UsesOf(step) : KeptStep.Uses.None;
            WriteJoined(step, can, stream.Position);
            WriteBody(stream.Sink, step, can);
            stream.Advance();
        }

        var table = stream.Position;
        stream.Sink.Forget();
        WriteTasks(stream.Sink);
        stream.Sink.Number((ulong)_numbers.Count);
        stream.Sink.Bytes(_joined.Written);
        stream.Sink.Fixed((ulong)table);
        var length = stream.Position + sizeof(uint);
        stream.Finish();
        return new DefinitionMark(length, stream.Checksum);
    }

    private static void WriteBody(BinarySink sink, StepInstance step, KeptStep.Uses can)
    {
        sink.Forget();
        if (can.HasFlag(KeptStep.Uses.Run))
        {
            StepCodec.Write(sink, step);
        }
        else if (can.HasFlag(KeptStep.Uses.Read))
        {
            StepCodec.WriteOutputsOnly(sink, step);
        }
    }

    /// <summary>Whether all that an instance reads of came before it, so that one pass tells what an edit reaches.</summary>
    private bool FindsProducers(StepInstance step)
    {
        _producers.Clear();
        for (var i = 0; i < step.Inputs.Count; i++)
        {
            if (step.Inputs[i].Source is InputSource.StepOutput source)
            {
                if (!_numbers.TryGetValue(source.Step, out var producer))
                {
                    return false;
                }

                _producers.Add(producer);
            }
        }

        return true;
    }

    /// <summary>Whether the run looked at all that an instance reads and publishes.</summary>
    private bool FindsLooks(StepInstance step)
    {
        _seen.Clear();
        var isSeen = true;
        foreach (var path in step.SourcePaths())
        {
            isSeen &= _looks.AddTo(_seen, path);
        }

        for (var i = 0; i < step.Outputs.Count; i++)
        {
            isSeen &= step.Outputs[i].PublishTo is not { } published || _looks.AddTo(_seen, published.Value);
        }

        return isSeen;
    }

    private void WriteTasks(BinarySink sink) => sink.List(_definition.Tasks, static (into, task) =>
    {
        into.Text(task.Name);
        into.Number((ulong)task.DependsOn.Count);
        foreach (var dependency in task.DependsOn)
        {
            into.Text(dependency);
        }
    });

    /// <summary>As <see cref="KeptStep"/> is read.</summary>
    private void WriteJoined(StepInstance step, KeptStep.Uses can, long body)
    {
        _joined.Number((ulong)_tasks[step.Id.Task]);
        _joined.Number((ulong)can);
        WriteNumbers(_producers);
        WriteNumbers(_seen);
        _joined.Number((ulong)body);
    }

    private void WriteNumbers(List<int> numbers)
    {
        _joined.Number((ulong)numbers.Count);
        foreach (var number in numbers)
        {
            _joined.Number((ulong)number);
        }
    }
}
