using System.Diagnostics;
using Xunit;

namespace ScaleMs.Engine.Tests.Faults;

/// <summary>A study of three steps for what goes wrong around it, and what its results must then be.</summary>
internal static class Shop
{
    public static void Define(StepBuilder steps)
    {
        var upper = steps.Shell("upper", "tr a-z A-Z < in.txt > upper.txt").Input("in.txt", new SourceFile("in.txt")).Output("upper.txt");
        var two = steps.Shell("two", "sed s/^/1/ upper.txt > one.txt; sed s/^/2/ upper.txt > two.txt").Input("upper.txt", upper.File("upper.txt"))
            .Output("one.txt", publish: "results/one.txt").Output("two.txt", publish: "results/two.txt");
        steps.Shell("sum", "cat one.txt two.txt > sum.txt").Input("one.txt", two.File("one.txt")).Input("two.txt", two.File("two.txt"))
            .Output("sum.txt", publish: "results/sum.txt");
    }

    /// <summary>Runs to the end, compares what is published with what it must be for the present source, and runs again for nothing.</summary>
    public static void IsRight(this TestStudy study)
    {
        var report = study.Run(Define);
        Assert.True(report.ExitCode == 0, string.Join("; ", report.Summary.Steps.Select(step => step.Failure?.Message)));
        var upper = study.Read("in.txt").ToUpperInvariant().TrimEnd('\n').Split('\n');
        var (one, two) = (Lines("1", upper), Lines("2", upper));
        Assert.Equal((one, two, one + two), (study.Read("results/one.txt"), study.Read("results/two.txt"), study.Read("results/sum.txt")));
        Assert.Equal(3, study.Run(Define).Summary.Counts.UpToDate);
        Assert.Equal(3, Directory.GetFileSystemEntries(study.PathOf("results")).Length);
    }

    /// <summary>Runs a program; its exit code says whether it could.</summary>
    public static bool Can(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Whether a text stands in some file below a folder, whatever the files' names and kinds are.</summary>
    public static bool Found(string folder, string text) => Can("grep", "-rqsF", "-D", "skip", "--", text, folder);

    private static string Lines(string front, string[] lines) => string.Concat(lines.Select(line => $"{front}{line}\n"));
}
