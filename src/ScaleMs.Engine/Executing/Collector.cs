using ScaleMs.Core.Digests;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Comparing;

namespace ScaleMs.Engine.Executing;

/// <summary>Takes a finished action's outputs into the store: moved there from the private directory, which nobody needs any more, and hashed once.</summary>
internal sealed class Collector(IDisk disk, IFileStore store)
{
    private readonly TreeCollector _trees = new(disk, store);

    /// <summary>Looks at all declared outputs before the first is taken: a failed attempt keeps its directory whole.</summary>
    /// <returns>What was found, in the declaration's order, or the failure that names the output.</returns>
    public (Found[] Found, Failure? Failure) Look(StepInstance step, string directory)
    {
        var found = new Found[step.Outputs.Count];
        for (var i = 0; i < found.Length; i++)
        {
            found[i] = Look(step.Outputs[i], directory);
            if (found[i].Problem is { } problem)
            {
                return (found, new Failure(FailureClass.OutputMissing, $"output '{step.Outputs[i].Path}' {problem}"));
            }
        }

        return (found, null);
    }

    /// <summary>Takes the outputs that were found.</summary>
    /// <param name="step">The instance.</param>
    /// <param name="key">The action's key.</param>
    /// <param name="directory">The private directory, absolute.</param>
    /// <param name="found">What was found of each output.</param>
    /// <param name="judged">What more than its bytes decided about each output; empty for nothing.</param>
    /// <returns>The records in the declaration's order.</returns>
    public List<OutputRecord> Take(StepInstance step, ActionKey key, string directory, Found[] found, IReadOnlyList<JudgedOutput?> judged)
    {
        var records = new List<OutputRecord>(found.Length);
        for (var i = 0; i < found.Length; i++)
        {
            Take(records, step, step.Outputs[i], key, directory, found[i], judged.Count == 0 ? null : judged[i]);
        }

        return records;
    }

    private Found Look(Output output, string directory)
    {
        var file = Path.Combine(directory, output.Path.Value);
        var stat = disk.Stat(file, followLinks: false);
        if (stat is null && output.IsOptional)
        {
            return output.IsTree ? new Found { Tree = TreeContents.None } : new Found { IsAbsent = true };
        }

        var isOfItsKind = output.IsTree ? stat is { IsDirectory: true } : stat is { IsFile: true };
        return !isOfItsKind ? new Found { Problem = Problem(output, stat) }
            : EscapedBy(directory, output.Path, file) is { } escaped ? new Found { Problem = $"leaves the step's directory: it really is '{escaped}'" }
            : output.Files is { } wanted ? LookThrough(output, file, wanted)
            : new Found { IsExecutable = stat!.Value.IsExecutable };
    }

    private Found LookThrough(Output output, string directory, FilePattern wanted)
    {
        var (contents, problem) = new TreeSurvey(disk, directory, wanted).Look();
        return contents is { Files.Count: 0 } && !output.IsOptional
            ? new Found { Problem = wanted.IsAll ? "holds no file" : $"holds no file that '{wanted}' names" }
            : new Found { Tree = contents, Problem = problem };
    }

    private void Take(List<OutputRecord> records, StepInstance step, Output output, ActionKey key, string directory, Found found, JudgedOutput? judged)
    {
        if (found.Tree is { } contents)
        {
            records.AddRange(_trees.Take(output, contents, Path.Combine(directory, output.Path.Value), TextBeside(directory), (path, file) => Store(step, output, path, file, null)));
        }
        else if (found.IsAbsent)
        {
            _trees.PutText(TextBeside(directory), OutputRecord.AbsentText);
            records.Add(OutputRecord.Absent(output.Path, output.Keep));
        }
        else
        {
            var record = judged?.Kept is { } kept ? RecordOf(output, kept, found.IsExecutable) : Take(step, output, key, Path.Combine(directory, output.Path.Value), found.IsExecutable);
            record = judged?.RuleName is { } rule ? record with { Identity = judged.Identity, RuleName = rule } : record;
            records.Add(judged?.Compared is { } compared ? record with { Compared = Settled(compared, record.Bytes) } : record);
        }
    }

    /// <summary>A text of ours is written beside the directory that the commands see.</summary>
    private static string TextBeside(string directory) => directory + ".listing";

    /// <summary>What stood for the output stands for it still; what was made is left in the private directory.</summary>
    private static OutputRecord RecordOf(Output output, in StoredBlob kept, bool isExecutable) =>
        new(output.Path, kept.Bytes, kept.Length, kept.Bytes, output.Identity.Name, output.Identity.Version, isExecutable, output.Keep);

    /// <summary>A process that is left may have written to the file since it was compared: what is told is what was taken.</summary>
    private static ComparedOutput? Settled(ComparedOutput compared, Digest bytes) =>
        !compared.IsWithin ? compared with { Made = bytes } : compared.Fits(bytes) ? compared : null;

    private OutputRecord Take(StepInstance step, Output output, ActionKey key, string file, bool isExecutable)
    {
        var rule = output.Identity is OutputIdentity.Canonical { Rule: { IsBytes: false } canonical } ? canonical : null;
        var blob = Store(step, output, output.Path, file, rule);
        var identity = output.Identity is OutputIdentity.OfAction ? OutputIdentity.OfAction.Of(key, output.Path) : blob.Identity;
        return new OutputRecord(output.Path, blob.Bytes, blob.Length, identity, output.Identity.Name, output.Identity.Version, isExecutable, output.Keep);
    }

    private StoredBlob Store(StepInstance step, Output output, ArtifactPath path, string file, ContentIdentity? rule)
    {
        // Until the result is recorded, a kill must leave what an attempt can go on from; what is too large to have twice is moved all the same.
        var isNeededHere = step.Checkpoint.Contains(path) && output.Store != StoreAs.InPlace;
        return isNeededHere ? store.Put(file, rule) : store.Adopt(file, rule);
    }

    /// <summary>A directory on the way may be a link that leads outside.</summary>
    private string? EscapedBy(string directory, ArtifactPath path, string file)
    {
        if (!HasLinkOnTheWay(directory, path.Value))
        {
            return null;
        }

        var real = disk.RealPath(file);
        return real.StartsWith(disk.RealPath(directory) + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? null : real;
    }

    private bool HasLinkOnTheWay(string directory, string path)
    {
        for (var end = path.IndexOf('/'); end >= 0; end = path.IndexOf('/', end + 1))
        {
            if (disk.Stat(Path.Combine(directory, path[..end]), followLinks: false) is not { IsDirectory: true })
            {
                return true;
            }
        }

        return false;
    }

    private static string Problem(Output output, FileStat? stat) => stat switch
    {
        null => "was not written",
        { IsLink: true } => output.IsTree ? "is a symbolic link; it must be a directory of its own" : "is a symbolic link; an output must be a file of its own",
        { IsDirectory: true } => "is a directory; declare it with OutputTree, or the files in it",
        { IsFile: true } => "is a file, not a directory",
        _ => output.IsTree ? "is no directory" : "is no regular file",
    };

    /// <summary>What was found of an output.</summary>
    internal sealed record Found
    {
        public bool IsExecutable { get; init; }

        public bool IsAbsent { get; init; }

        public TreeContents? Tree { get; init; }

        /// <summary>What keeps it from being collected, as the end of a sentence that begins with the output.</summary>
        public string? Problem { get; init; }
    }
}
