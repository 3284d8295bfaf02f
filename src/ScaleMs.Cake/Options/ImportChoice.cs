using Cake.Core;
using ScaleMs.Core.Faults;
using ScaleMs.Engine.Importing;

namespace ScaleMs;

/// <summary>Where results are imported from: <c>--import-from</c> with <c>--import</c>.</summary>
internal static class ImportChoice
{
    /// <summary>Reads the folder; what is wrong is added to the faults.</summary>
    /// <returns>The folder as it was given; null when nothing is imported.</returns>
    public static string? Read(ICakeArguments arguments, List<Fault> faults)
    {
        var folder = arguments.GetArguments("import-from")?.LastOrDefault();
        if (!arguments.HasArgument("import"))
        {
            faults.AddRange(new[] { "import-from", "import-force" }.Where(arguments.HasArgument).Select(UsageFaults.OnlyWithImport));
            return null;
        }

        if (folder is null)
        {
            faults.Add(UsageFaults.ImportFromNowhere());
        }

        return folder;
    }

    /// <summary>What the engine is told: a folder of the workspace is recorded by its path there, which is the same wherever the workspace is moved.</summary>
    public static ImportOrder OrderOf(string folder, string workspace)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder, workspace));
        var relative = Path.GetRelativePath(workspace, full).Replace('\\', '/');
        return new ImportOrder(full, Path.IsPathRooted(relative) || relative == ".." || relative.StartsWith("../", StringComparison.Ordinal) ? full : relative);
    }
}
