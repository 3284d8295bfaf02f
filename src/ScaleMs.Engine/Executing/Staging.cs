using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Executing;

/// <summary>Fills a private directory with the declared inputs and nothing else.</summary>
internal sealed class Staging(IDisk disk)
{
    /// <summary>Larger files are cloned where the file system can, else linked rather than copied, unless the step edits them.</summary>
    private const long LargestCopy = 1 << 20;

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
            var staged = request.Inputs[i];
            var stat = disk.Stat(staged.Place) ?? throw new StoreException($"'{staged.Place}' disappeared before step '{request.Step.Id}' could read it.");
            if (staged.Seen is { } seen && seen != stat)
            {
                throw new InputChangedException(staged.Place);
            }

            var target = Path.Combine(directory, input.Name.Value);
            Stage(staged.Place, target, stat, isExecutable: staged.IsExecutable || stat.IsExecutable, input.IsWritable, left);

            places.Add((staged.Place, stat));
        }

        for (var i = 0; i < request.Action.Templates.Count; i++)
        {
            var target = Path.Combine(directory, request.Step.Templates[i].Name.Value);
            disk.CreateDirectory(Path.GetDirectoryName(target)!);
            disk.WriteText(target, request.Action.Templates[i].Text);
        }

        foreach (var output in request.Step.Outputs.Where(output => output.Path.Directory.Length > 0))
        {
            EnsureFolder(Path.Combine(directory, output.Path.Directory));
        }

        return places;
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
            if (!spares.TryDequeue(out var spare) || !disk.TryCopyOver(spare, place, target, isExecutable))
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

    /// <summary>The first place whose file is no longer the one that was staged; null when all are.</summary>
    public string? Changed(IReadOnlyList<(string Place, FileStat Stat)> places) =>
        places.FirstOrDefault(staged => disk.Stat(staged.Place) != staged.Stat).Place;
}

/// <summary>An input is no longer what its digest was told of.</summary>
internal sealed class InputChangedException(string place) : Exception($"'{place}' changed after it was looked at")
{
    public string Place { get; } = place;
}
