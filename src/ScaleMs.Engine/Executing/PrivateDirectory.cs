using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;

namespace ScaleMs.Engine.Executing;

/// <summary>An attempt's directory: what the commands see is in <c>files</c>, and beside it are the log and what only we use.</summary>
/// <param name="Root">The directory, absolute.</param>
internal sealed record PrivateDirectory(string Root)
{
    private const string FilesName = "files";
    private const string LogName = "log";

    /// <summary>The working directory of the commands, absolute.</summary>
    public string Files { get; } = Path.Combine(Root, FilesName);

    /// <summary>The commands' log, absolute.</summary>
    public string Log { get; } = Path.Combine(Root, LogName);

    /// <summary>Makes it, without anything in it that a command could see but the folders of its inputs and outputs.</summary>
    /// <returns>Files beside it that copies of inputs may be made of.</returns>
    public IReadOnlyList<string> Make(StepInstance step, RetiredAttempts retired, IDisk disk, Action<string>? atPoint)
    {
        if (retired.TryReuse(Root, new RecycleOrder(FoldersOf(step), LogName, step.Inputs.Count)) is { } spares)
        {
            atPoint?.Invoke(CrashPoint.Recycled);
            return spares;
        }

        disk.CreateDirectory(Files);
        return [];
    }

    private static List<string> FoldersOf(StepInstance step)
    {
        var folders = new List<string> { FilesName };
        foreach (var input in step.Inputs)
        {
            Add(folders, input.Name.Directory);
        }

        foreach (var output in step.Outputs)
        {
            Add(folders, output.IsTree ? output.Path.Value : output.Path.Directory);
        }

        return folders;
    }

    private static void Add(List<string> folders, string folder)
    {
        for (var end = folder.IndexOf('/'); end >= 0; end = folder.IndexOf('/', end + 1))
        {
            AddOne(folders, folder[..end]);
        }

        if (folder.Length > 0)
        {
            AddOne(folders, folder);
        }
    }

    private static void AddOne(List<string> folders, string folder)
    {
        var path = $"{FilesName}/{folder}";
        if (!folders.Contains(path))
        {
            folders.Add(path);
        }
    }
}
