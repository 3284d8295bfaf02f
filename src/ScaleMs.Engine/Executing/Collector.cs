using ScaleMs.Core.Failures;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Executing;

/// <summary>Takes a finished action's outputs into the store: moved there from the private directory, which nobody needs any more, and hashed once.</summary>
internal sealed class Collector(IDisk disk, IFileStore store)
{
    /// <summary>Collects the declared outputs.</summary>
    /// <remarks>All are looked at before the first is moved: a failed attempt keeps its directory whole.</remarks>
    /// <returns>The records in the declaration's order, or the failure that names the output.</returns>
    public (List<OutputRecord> Outputs, Failure? Failure) Collect(StepInstance step, ActionKey key, string directory)
    {
        var records = new List<OutputRecord>(step.Outputs.Count);
        var isExecutable = new bool[step.Outputs.Count];
        for (var i = 0; i < isExecutable.Length; i++)
        {
            var output = step.Outputs[i];
            var file = Path.Combine(directory, output.Path.Value);
            var stat = disk.Stat(file, followLinks: false);
            if (stat is not { IsFile: true })
            {
                return (records, new Failure(FailureClass.OutputMissing, Problem(output, stat)));
            }

            var escaped = EscapedBy(directory, output.Path, file);
            if (escaped is not null)
            {
                return (records, new Failure(FailureClass.OutputMissing, $"output '{output.Path}' leaves the step's directory: it really is '{escaped}'"));
            }

            isExecutable[i] = stat.Value.IsExecutable;
        }

        for (var i = 0; i < isExecutable.Length; i++)
        {
            records.Add(Take(step, step.Outputs[i], key, Path.Combine(directory, step.Outputs[i].Path.Value), isExecutable[i]));
        }

        return (records, null);
    }

    private OutputRecord Take(StepInstance step, Output output, ActionKey key, string file, bool isExecutable)
    {
        var rule = output.Identity is OutputIdentity.Canonical { Rule: { IsBytes: false } canonical } ? canonical : null;
        // Until the result is recorded, a kill must leave what an attempt can go on from; what is too large to have twice is moved all the same.
        var isNeededHere = step.Checkpoint.Contains(output.Path) && output.Store != StoreAs.InPlace;
        var blob = isNeededHere ? store.Put(file, rule) : store.Adopt(file, rule);
        var identity = output.Identity is OutputIdentity.OfAction ? OutputIdentity.OfAction.Of(key, output.Path) : blob.Identity;
        return new OutputRecord(output.Path, blob.Bytes, blob.Length, identity, output.Identity.Name, output.Identity.Version, isExecutable, output.Keep);
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
        null => $"output '{output.Path}' was not written",
        { IsLink: true } => $"output '{output.Path}' is a symbolic link; an output must be a file of its own",
        { IsDirectory: true } => $"output '{output.Path}' is a directory; declare the files in it",
        _ => $"output '{output.Path}' is no regular file",
    };
}
