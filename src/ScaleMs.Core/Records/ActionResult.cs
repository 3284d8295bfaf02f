using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;

namespace ScaleMs.Core.Records;

/// <summary>The result of an action that succeeded. Records outlive the bytes they name.</summary>
/// <remarks>There are as many as steps, so what few have is in an object of its own.</remarks>
public sealed record ActionResult : StoreRecord
{
    private readonly ResultTraits _traits = ResultTraits.None;
    private readonly object _components = Array.Empty<KeyComponent>();

    /// <summary>The action's key.</summary>
    public required ActionKey Key { get; init; }

    /// <summary>The instance that made it first.</summary>
    public required StepId Step { get; init; }

    /// <summary>The outputs, in the declaration's order; the files of a directory follow its own record.</summary>
    public required IReadOnlyList<OutputRecord> Outputs { get; init; }

    /// <summary>The key's components, so that a later change can be explained by value.</summary>
    public required IReadOnlyList<KeyComponent> Components
    {
        get => _components is IComponentSource source ? source.Of(Key) : (IReadOnlyList<KeyComponent>)_components;
        init => _components = value;
    }

    /// <summary>Where <see cref="Components"/> are read each time that somebody asks for them; null when the result has them itself.</summary>
    public IComponentSource? ComponentSource
    {
        get => _components as IComponentSource;
        init => _components = value ?? _components;
    }

    /// <summary>The run that made it.</summary>
    public required string RunId { get; init; }

    /// <summary>When it was finished.</summary>
    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>Wall time of the attempt that succeeded, in seconds.</summary>
    public double WallSeconds { get; init; }

    /// <summary>Processor time of the attempt that succeeded, in seconds.</summary>
    public double CpuSeconds { get; init; }

    /// <summary>The largest resident memory of one of its processes, or of all at one time as far as they were looked at, whichever is more; bytes, 0 when unknown.</summary>
    public long PeakMemoryBytes { get; init; }

    /// <summary>The exit code of the last command.</summary>
    public int ExitCode
    {
        get => _traits.ExitCode;
        init => _traits = value == _traits.ExitCode ? _traits : _traits with { ExitCode = value };
    }

    /// <summary>The attempts, this one last.</summary>
    public IReadOnlyList<AttemptRecord> Attempts { get; init => field = SoleAttempt.Or(value); } = [];

    /// <summary>The launcher's name.</summary>
    public string Launcher { get; init; } = "local";

    /// <summary>The host it ran on.</summary>
    public string Host { get; init; } = string.Empty;

    /// <summary>Whether it continued from a checkpoint of an earlier attempt; such a result never becomes a reference for comparison.</summary>
    public bool IsContinued
    {
        get => _traits.IsContinued;
        init => _traits = value == _traits.IsContinued ? _traits : _traits with { IsContinued = value };
    }

    /// <summary>The log's byte digest; none when the action printed nothing.</summary>
    public Digest Log
    {
        get => _traits.Log;
        init => _traits = value == _traits.Log ? _traits : _traits with { Log = value };
    }

    /// <summary>The folder that it was imported from, as the user named it; null when the action ran. Nobody verified that the action would make it.</summary>
    public string? ImportedFrom
    {
        get => _traits.ImportedFrom;
        init => _traits = value == _traits.ImportedFrom ? _traits : _traits with { ImportedFrom = value };
    }

    /// <summary>What the step keeps for its next run, a JSON object; null when it keeps nothing. Only steps that run always do.</summary>
    public string? KeptState
    {
        get => _traits.KeptState;
        init => _traits = value == _traits.KeptState ? _traits : _traits with { KeptState = value };
    }

    /// <summary>The records of an output: its own, and for a directory those of the files in it.</summary>
    /// <param name="output">The declaration.</param>
    /// <returns>The records, in ordinal order of their paths.</returns>
    public IEnumerable<OutputRecord> RecordsOf(Output output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return output.IsTree ? Outputs.Where(record => output.Covers(record.Path)) : [OutputAt(output.Path)];
    }

    /// <summary>The bytes that an output made anew is compared with, where its identity has a tolerance.</summary>
    /// <param name="output">The declaration.</param>
    /// <returns>Those of the one that was recorded first and stands for all within tolerance since, which none is that continued from a checkpoint; nothing where there is none.</returns>
    public Digest Representative(Output output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return Find(output.Path) is { } record && output.Identity.IsOf(record)
            ? !IsContinued ? record.Bytes : record.Compared?.Former ?? default
            : default;
    }

    /// <summary>The record of an output.</summary>
    /// <param name="path">The output's path in the private directory.</param>
    /// <returns>Its record.</returns>
    /// <exception cref="KeyNotFoundException">The action has no such output.</exception>
    public OutputRecord OutputAt(ArtifactPath path) => Find(path) ?? throw new KeyNotFoundException($"'{Step}' has no output '{path}'.");

    /// <summary>The record of an output, or of a file in one that is a directory.</summary>
    /// <param name="path">The path in the private directory.</param>
    /// <returns>Its record; null when there is none.</returns>
    public OutputRecord? Find(ArtifactPath path)
    {
        for (var i = 0; i < Outputs.Count; i++)
        {
            if (Outputs[i].Path == path)
            {
                return Outputs[i];
            }
        }

        return null;
    }
}
