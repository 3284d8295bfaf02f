using ScaleMs.Core.Faults;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Running;

/// <summary>Tells what stands where outputs would be published and is not ours to replace.</summary>
/// <param name="services">The parts of the run.</param>
/// <param name="graph">Tells which former outputs no step publishes any more; null where it is not known yet.</param>
internal sealed class InTheWay(RunServices services, WorkflowGraph? graph)
{
    /// <summary>Enters a file into the manifest that was published in place right before its run was killed: its bytes are those of a result, and no longer in the store.</summary>
    /// <remarks>The result may be another step's that does the same work.</remarks>
    private bool Claim(StepInstance step, Output declared, ArtifactPath path)
    {
        var found = services.Scanner.DigestOf(path.Value);
        if (found.IsNone || !services.Store.State.Results.Values.Any(result => result.Outputs.Any(output => output.Bytes == found && (result.Step == step.Id || output.Path == declared.Path))))
        {
            return false;
        }

        if (!services.Store.IsReadOnly)
        {
            services.Store.Commit(new PublishedRecord(path, step.Id, found));
        }

        return true;
    }

    /// <summary>Adds the faults of a step's outputs that have no free place.</summary>
    public void AddTo(List<Fault> faults, StepInstance step)
    {
        for (var i = 0; i < step.Outputs.Count; i++)
        {
            var output = step.Outputs[i];
            if (output.PublishTo is { } path && IsInTheWay(step, output, path))
            {
                faults.Add(new Fault(
                    "SMS1013", FaultKind.Definition,
                    $"{WhatStands(output, path)} stands at '{output.PublishTo}', where step '{step.Id}' would publish its output", step.DeclaredAt,
                    "move it away, or publish the output elsewhere; it is never overwritten"));
            }
        }
    }

    private bool IsInTheWay(StepInstance step, Output output, ArtifactPath path)
    {
        var ours = services.Store.State.Published.GetValueOrDefault(path);
        return output.IsTree
            ? services.Publisher.IsForeignInPlaceOfFolder(path, ours)
            : services.Importer?.IsInPlace(output, services.Scanner.Absolute(path.Value)) != true && services.Publisher.IsForeign(path, ours) && !Claim(step, output, path) && !IsLeftover(path);
    }

    private string WhatStands(Output output, ArtifactPath path) =>
        !output.IsTree && services.Disk.Stat(services.Scanner.Absolute(path.Value)) is { IsDirectory: true } ? "a directory" : "a file of yours";

    /// <summary>Whether it is a directory of nothing but files that are about to be moved away, because no step publishes them any more.</summary>
    private bool IsLeftover(ArtifactPath path)
    {
        var folder = services.Scanner.Absolute(path.Value);
        if (graph is null || services.Disk.Stat(folder, followLinks: false) is not { IsDirectory: true })
        {
            return false;
        }

        var leftovers = services.Leftovers.Find(graph, _ => true).Select(entry => services.Scanner.Absolute(entry.Path.Value)).ToHashSet(StringComparer.Ordinal);
        return leftovers.Count > 0 && IsMadeOf(folder, leftovers);
    }

    private bool IsMadeOf(string folder, HashSet<string> files) => services.Disk.List(folder).All(entry =>
        Path.Combine(folder, entry.Name) is var place && (entry.Stat.IsDirectory ? IsMadeOf(place, files) : files.Contains(place)));
}
