using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Executing;

/// <summary>Fills a private directory with the declared inputs and nothing else.</summary>
internal sealed class Staging(IDisk disk)
{
    /// <summary>Larger files are cloned where the file system can, else linked rather than copied, unless the step edits them.</summary>
    public const long LargestCopy = 1 << 20;

    /// <summary>Stages inputs and templates.</summary>
    /// <param name="directory">Where to, absolute.</param>
    /// <param name="request">What to stage.</param>
    /// <param name="spares">Files that may be made copies of.</param>
    /// <returns>The places that were read, with the stat tuples they had: they are looked at again after the action.</returns>
    public List<(string Place, FileStat Stat)> Fill(string directory, ExecutionRequest request, IReadOnlyList<string> spares)
    {
        var places = new List<(string, FileStat)>();
        var left = new Queue<string>(spares);
        for (var i = 0; i < request.Inputs.Count; i++)
        {
            var input = request.Step.Inputs[i];
            var target = Path.Combine(directory, input.Name.Value);
            if (request.Inputs[i] is { Files: { } files } tree)
            {
                FillTree(target, tree, files, file => StageFile(request.Step, input, file.Bytes, file.Target, left, places));
            }
            else if (!request.Inputs[i].IsAbsent)
            {
                StageFile(request.Step, input, request.Inputs[i], target, left, places);
            }
        }

        foreach (var unneeded in left)
        {
            disk.Delete(unneeded);
        }

        for (var i = 0; i < request.Action.Templates.Count; i++)
        {
            var target = Path.Combine(directory, request.Step.Templates[i].Name.Value);
            disk.CreateDirectory(Path.GetDirectoryName(target)!);
            disk.WriteText(target, request.Action.Templates[i].Text);
        }

        foreach (var output in request.Step.Outputs.Where(output => output.IsTree || output.Path.Directory.Length > 0))
        {
            EnsureFolder(Path.Combine(directory, output.IsTree ? output.Path.Value : output.Path.Directory));
        }

        return places;
    }

    /// <summary>Makes a directory as its listing says.</summary>
    private void FillTree(string directory, StagedInput tree, IReadOnlyDictionary<string, StagedInput> files, Action<TreeFile> stage)
    {
        disk.CreateDirectory(directory);
        foreach (var entry in EntriesOf(tree, files))
        {
            var target = Path.Combine(directory, entry.Path);
            EnsureFolder(entry.Kind == TreeEntryKind.EmptyFolder ? target : Path.GetDirectoryName(target)!);
            if (entry.Kind == TreeEntryKind.Link)
            {
                disk.Link(entry.Content, target);
            }
            else if (entry.Kind != TreeEntryKind.EmptyFolder)
            {
                stage(new TreeFile(files[entry.Path], target));
            }
        }
    }

    /// <summary>A listing that came from elsewhere may not be one, or not that of the files that came with it.</summary>
    private IReadOnlyList<TreeEntry> EntriesOf(StagedInput tree, IReadOnlyDictionary<string, StagedInput> files)
    {
        try
        {
            var entries = TreeListing.Read(disk.ReadText(tree.Place)).Entries;
            return entries.All(entry => entry.Kind == TreeEntryKind.EmptyFolder || files.ContainsKey(entry.Path)) ? entries : throw new FormatException("It names files that have no record.");
        }
        catch (FormatException cause)
        {
            throw new StoreException($"'{tree.Place}' is not the listing of the directory that is to be staged: {cause.Message} Run 'scalems verify --repair', then run again.", cause);
        }
    }

    private void StageFile(StepInstance step, Input input, StagedInput staged, string target, Queue<string> spares, List<(string Place, FileStat Stat)> places)
    {
        var stat = disk.Stat(staged.Place) ?? throw new StoreException($"'{staged.Place}' disappeared before step '{step.Id}' could read it.");
        if (staged.Seen is { } seen && seen != stat)
        {
            throw new InputChangedException(staged.Place);
        }

        Stage(staged.Place, target, stat, isExecutable: staged.IsExecutable || stat.IsExecutable, input.IsWritable, spares);
        places.Add((staged.Place, stat));
    }

    /// <summary>It is there nearly always, beside an input or in a former attempt's directory, and to look costs least.</summary>
    private void EnsureFolder(string folder)
    {
        if (disk.Stat(folder, followLinks: false) is null)
        {
            disk.CreateDirectory(folder);
        }
    }

    private void Stage(string place, string target, FileStat stat, bool isExecutable, bool isWritable, Queue<string> spares)
    {
        if (stat.Length <= LargestCopy || isWritable)
        {
            if (!TryCopyOver(spares, place, target, isExecutable))
            {
                disk.Copy(place, target, isExecutable);
            }
        }
        else if (!disk.TryClone(place, target, isExecutable))
        {
            disk.CreateDirectory(Path.GetDirectoryName(target)!);
            disk.Link(place, target);
        }
    }

    /// <summary>A spare that cannot be written goes too: nobody is to find what a former attempt had in it.</summary>
    private bool TryCopyOver(Queue<string> spares, string place, string target, bool isExecutable)
    {
        if (!spares.TryDequeue(out var spare) || disk.TryCopyOver(spare, place, target, isExecutable))
        {
            return spare is not null;
        }

        disk.Delete(spare);
        return false;
    }

    /// <param name="Bytes">A file's bytes.</param>
    /// <param name="Target">Where it goes, absolute.</param>
    private sealed record TreeFile(StagedInput Bytes, string Target);

    /// <summary>The first place whose file is no longer the one that was staged; null when all are.</summary>
    public string? Changed(IReadOnlyList<(string Place, FileStat Stat)> places) =>
        places.FirstOrDefault(staged => disk.Stat(staged.Place) != staged.Stat).Place;
}

/// <summary>An input is no longer what its digest was told of.</summary>
internal sealed class InputChangedException(string place) : Exception($"'{place}' changed after it was looked at")
{
    public string Place { get; } = place;
}
