using System.Runtime.CompilerServices;
using Xunit;

namespace ScaleMs.Reporting.Tests.Support;

/// <summary>Compares a text with <c>Snapshots/NAME.txt</c>. With SCALEMS_SNAPSHOTS=write the files are rewritten, and reviewed as a diff.</summary>
internal static class Snapshot
{
    private static readonly bool IsWriting = Environment.GetEnvironmentVariable("SCALEMS_SNAPSHOTS") == "write";

    public static void Match(string actual, [CallerMemberName] string name = "")
    {
        var file = Path.Combine(ProjectFolder(), "Snapshots", $"{name}.txt");
        // A visible end of line: trailing blanks are part of what is promised.
        var text = actual.ReplaceLineEndings("\n").Replace("\e", "<ESC>", StringComparison.Ordinal);
        if (IsWriting)
        {
            File.WriteAllText(file, text);
        }

        Assert.True(File.Exists(file), $"{file} is missing: run the tests with SCALEMS_SNAPSHOTS=write and review it. It would hold:\n{text}");
        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), text);
    }

    /// <summary>Looked for upwards: the compiler's own paths are mapped away, so that builds are the same everywhere.</summary>
    private static string ProjectFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ScaleMs.Reporting.Tests.csproj")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"The test project's folder is not above {AppContext.BaseDirectory}.");
    }
}
