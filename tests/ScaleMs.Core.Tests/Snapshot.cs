using System.Runtime.CompilerServices;
using Xunit;

namespace ScaleMs.Core.Tests;

/// <summary>Compares a text with the file <c>Class.Test.txt</c> beside the test.</summary>
/// <remarks>With the environment variable SCALEMS_SNAPSHOTS=write the files are written anew; review them as code.</remarks>
internal static class Snapshot
{
    private static bool IsWriting => Environment.GetEnvironmentVariable("SCALEMS_SNAPSHOTS") == "write";

    public static void Matches(string actual, [CallerFilePath] string source = "", [CallerMemberName] string test = "")
    {
        var path = Path.ChangeExtension(Repository.PathOf(source), null) + $".{test}.txt";
        if (IsWriting)
        {
            File.WriteAllText(path, actual + "\n");
        }

        Assert.True(File.Exists(path), $"There is no snapshot {path}: write it with SCALEMS_SNAPSHOTS=write and review it.");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n").TrimEnd('\n'), actual.ReplaceLineEndings("\n"));
    }
}
