using System.Buffers.Binary;
using ScaleMs.Core.Model;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Snapshots;

namespace ScaleMs.Store.Definitions;

/// <summary>A kept definition, of which declarations are read one by one. <see cref="DefinitionWriter"/> tells its form.</summary>
internal sealed class DefinitionFile
{
    private const int Trailer = sizeof(ulong) + sizeof(uint);
    private readonly byte[] _bytes;

    private DefinitionFile(byte[] bytes, IReadOnlyList<WorkflowTask> tasks, IReadOnlyList<KeptStep> steps) => (_bytes, Tasks, Steps) = (bytes, tasks, steps);

    public static ReadOnlySpan<byte> Magic => "SMSDEF\0\u0001"u8;

    public IReadOnlyList<WorkflowTask> Tasks { get; }

    /// <summary>The instances; each comes after those that it reads of.</summary>
    public IReadOnlyList<KeptStep> Steps { get; }

    /// <summary>Reads a definition; null when it is not the one that is meant.</summary>
    public static DefinitionFile? TryRead(string path, DefinitionMark mark)
    {
        try
        {
            return StatReader.Read(path, followLinks: true) is { IsFile: true } found && found.Length == mark.Length ? Parse(File.ReadAllBytes(path), mark) : null;
        }
        catch (Exception cause) when (DiskErrors.IsDiskError(cause) || cause is Core.Ports.StoreException)
        {
            return null;
        }
    }

    /// <summary>What stands for an instance whose recorded outputs others read.</summary>
    public StepInstance OutputsOf(KeptStep step) => StepCodec.ReadOutputsOnly(SourceAt(step.Body));

    /// <summary>The declaration of an instance.</summary>
    public StepInstance DeclarationOf(KeptStep step) => StepCodec.Read(SourceAt(step.Body));

    /// <summary>Its bytes are those that were written: the null run that names it by its checksum was found whole.</summary>
    private static DefinitionFile? Parse(byte[] bytes, DefinitionMark mark)
    {
        var end = bytes.Length - sizeof(uint);
        if (bytes.Length < Magic.Length + Trailer || !bytes.AsSpan().StartsWith(Magic)
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(end)) != mark.Checksum || Crc32C.Of(bytes.AsSpan(Magic.Length, end - Magic.Length)) != mark.Checksum)
        {
            return null;
        }

        var table = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(bytes.Length - Trailer));
        var source = new BinarySource(bytes.AsMemory(table..end));
        return new DefinitionFile(bytes, ReadTasks(source), ReadSteps(source));
    }

    private static WorkflowTask[] ReadTasks(BinarySource source)
    {
        var tasks = new WorkflowTask[source.Count()];
        for (var i = 0; i < tasks.Length; i++)
        {
            tasks[i] = new WorkflowTask(source.Text(), source.List(static from => from.Text()), false);
        }

        return tasks;
    }

    private static KeptStep[] ReadSteps(BinarySource source)
    {
        var steps = new KeptStep[source.Count()];
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i] = new KeptStep(source.Count(), (KeptStep.Uses)source.Count(), ReadNumbers(source), ReadNumbers(source), (long)source.Number());
        }

        return steps;
    }

    private static int[] ReadNumbers(BinarySource source)
    {
        var count = source.Count();
        var numbers = count == 0 ? [] : new int[count];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = source.Count();
        }

        return numbers;
    }

    private BinarySource SourceAt(long body) => new(_bytes.AsMemory((int)body));
}
