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
    private readonly HashSet<int> _read = [];
    private readonly HashSet<int> _published = [];
    private readonly WorkflowDefinition _definition;

    /// <summary>What joins the steps, which comes behind all declarations: a few bytes for each.</summary>
    private readonly BinarySink _joined = new();

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
        CanKeep(definition) ? new DefinitionWriter(definition, new LookNumbers(definition.Steps, looks, workspace)).Write(path) : null;

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
            if (Joined(step, stream.Position) is not { } joined || !_numbers.TryAdd(step.Id, _numbers.Count))
            {
                return null;
            }

            Write(_joined, joined);
            WriteBody(stream.Sink, step, joined.Can);
            stream.Advance();
        }

        // Named otherwise, a file that one publishes is another's source: the run that makes it anew would have to reach that too.
        if (_published.Overlaps(_read))
        {
            return null;
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

    /// <summary>What joins an instance with others; null where it reads of one that comes later, so that one pass would not do.</summary>
    private KeptStep? Joined(StepInstance step, long body)
    {
        var (producers, looks) = (new List<int>(), new List<int>());
        for (var i = 0; i < step.Inputs.Count; i++)
        {
            if (step.Inputs[i].Source is InputSource.StepOutput source)
            {
                if (!_numbers.TryGetValue(source.Step, out var producer))
                {
                    return null;
                }

                producers.Add(producer);
            }
        }

        var isSeen = true;
        foreach (var path in step.SourcePaths())
        {
            isSeen &= _looks.AddTo(looks, path);
        }

        _read.UnionWith(looks);
        var sources = looks.Count;
        for (var i = 0; i < step.Outputs.Count; i++)
        {
            isSeen &= step.Outputs[i].PublishTo is not { } published || _looks.AddTo(looks, published.Value);
        }

        _published.UnionWith(looks[sources..]);
        return new KeptStep(_tasks[step.Id.Task], isSeen ? KeptStep.UsesOf(step) : KeptStep.Uses.None, [.. producers], [.. looks], body);
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

    private static void Write(BinarySink sink, KeptStep step)
    {
        sink.Number((ulong)step.Task);
        sink.Number((ulong)step.Can);
        WriteNumbers(sink, step.Producers);
        WriteNumbers(sink, step.Looks);
        sink.Number((ulong)step.Body);
    }

    private static void WriteNumbers(BinarySink sink, int[] numbers)
    {
        sink.Number((ulong)numbers.Length);
        foreach (var number in numbers)
        {
            sink.Number((ulong)number);
        }
    }
}
