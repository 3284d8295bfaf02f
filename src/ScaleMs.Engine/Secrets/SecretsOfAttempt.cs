using System.Globalization;
using System.Text;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Secrets;
using ScaleMs.Core.Tracing;

namespace ScaleMs.Engine.Secrets;

/// <summary>The secrets of one attempt while it runs: what its processes get, what is masked, and what must not hold them when it has ended.</summary>
internal sealed class SecretsOfAttempt(IDisk disk, StepInstance step, IReadOnlyList<byte[]> values, SecretPlaces places)
{
    private readonly SecretPatterns _patterns = SecretPatterns.Of(values);

    private SecretSearch Search => new(disk, _patterns);

    /// <summary>A mask for the log.</summary>
    public ILogFilter NewMask() => new SecretMask(_patterns);

    /// <summary>Adds the variables that give secrets.</summary>
    public void AddTo(Dictionary<string, string> environment)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (step.Secrets[i].Variable is { } variable)
            {
                environment[variable] = Encoding.UTF8.GetString(values[i]);
            }
        }
    }

    /// <summary>Writes the files that give secrets, and links them into the commands' directory.</summary>
    public void PutFiles()
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (step.Secrets[i].File is { } file)
            {
                var value = Path.Combine(places.Values, i.ToString(CultureInfo.InvariantCulture));
                var link = Path.Combine(places.Files, file.Value);
                disk.WritePrivate(value, values[i]);
                disk.CreateDirectory(Path.GetDirectoryName(link)!);
                disk.Link(value, link);
            }
        }
    }

    /// <summary>Removes the files; the processes are gone.</summary>
    public void TakeFiles()
    {
        disk.Delete(places.Values);
        foreach (var file in step.Secrets.Select(secret => secret.File).OfType<ArtifactPath>())
        {
            disk.Delete(Path.Combine(places.Files, file.Value));
        }
    }

    /// <summary>The failure of an attempt that wrote a secret into what would be kept; null when it did not.</summary>
    public Failure? FoundInOutputs()
    {
        foreach (var output in step.Outputs)
        {
            if (FilesOf(output).Any(file => disk.Holds(file, _patterns)))
            {
                return new Failure(FailureClass.ToolError, $"output '{output.Path}' holds {Named()}; it was neither stored nor published");
            }

            if (output.IsTree && disk.Stat(PlaceOf(output), followLinks: false) is { IsDirectory: true } && Search.IsInNames(PlaceOf(output)))
            {
                return new Failure(FailureClass.ToolError, $"the name of a file in output '{output.Path}' holds {Named()}; it was neither stored nor published");
            }
        }

        var state = Path.Combine(places.Attempt, FunctionLaunch.NextStateFile);
        return disk.Stat(state) is not null && disk.Holds(state, _patterns)
            ? new Failure(FailureClass.ToolError, $"the state of the step holds {Named()}; it was not kept")
            : null;
    }

    private IEnumerable<string> FilesOf(Output output)
    {
        var path = PlaceOf(output);
        return disk.Stat(path, followLinks: false) switch
        {
            { IsFile: true } => [path],
            { IsDirectory: true } => disk.FilesBelow(path),
            _ => [],
        };
    }

    private string PlaceOf(Output output) => Path.Combine(places.Files, output.Path.Value);

    /// <summary>A failure that tells nothing of the values.</summary>
    public Failure Masked(Failure failure) => failure with { Message = _patterns.Mask(failure.Message), LogTail = failure.LogTail?.Select(_patterns.Mask).ToList() };

    /// <summary>Findings of a trace that tell nothing of the values: a path may hold one.</summary>
    public List<TraceFinding> Masked(IEnumerable<TraceFinding> findings) =>
        [.. findings.Select(finding => finding with { Path = _patterns.Mask(finding.Path), Declaration = _patterns.Mask(finding.Declaration) })];

    /// <summary>Removes everything of the attempt that holds a value, and then the note: nothing is left to be found.</summary>
    public void End()
    {
        TakeFiles();
        if (disk.Stat(places.Attempt) is { IsDirectory: true })
        {
            Search.RemoveFrom(places.Attempt);
        }

        disk.Delete(places.Note);
    }

    private string Named()
    {
        var names = step.Secrets.Select(secret => $"'{secret.Name}'").Distinct().ToList();
        return names.Count == 1 ? $"the value of the secret {names[0]}" : $"the value of one of the secrets {string.Join(", ", names)}";
    }
}
