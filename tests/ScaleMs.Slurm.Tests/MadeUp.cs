using System.Globalization;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Slurm;

namespace ScaleMs.Slurm.Tests;

/// <summary>Leaves in attempts' roots what wrappers leave there.</summary>
internal static class MadeUp
{
    internal static void Claim(LaunchRequest request) => Directory.CreateDirectory(Path.Combine(SlurmSpace.RootOf(request), "claim"));

    /// <summary>The id of a batch, made of a number.</summary>
    internal static string Batch(int number) => number.ToString("x32", CultureInfo.InvariantCulture);

    internal static void Submit(LaunchRequest request, int batch, int index) =>
        new SubmittedRecord("cluster", Batch(batch), index, SlurmSpace.RootOf(request)).Write(SlurmSpace.RootOf(request));

    internal static void Finish(LaunchRequest request, int exitCode, bool rings = true)
    {
        var root = SlurmSpace.RootOf(request);
        var file = Path.Combine(root, "result.json");
        File.WriteAllText(file + ".new", $$"""
            {"version":1,"end":"Exited","exitCode":{{exitCode}},"commandIndex":0,"wallSeconds":1.5,"cpuSeconds":1,"peakMemoryBytes":1,"logBytes":0,"host":"n1","cause":"","message":"","key":"{{request.Key}}","outputs":[]}
            """);
        File.Move(file + ".new", file, overwrite: true);
        if (rings)
        {
            var ended = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(root)!, ".ended"));
            File.WriteAllBytes(Path.Combine(ended.FullName, Path.GetFileName(root)), []);
        }
    }
}
