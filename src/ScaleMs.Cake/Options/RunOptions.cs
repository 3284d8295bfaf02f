using System.Globalization;
using Cake.Core;
using ScaleMs.Core.Faults;

namespace ScaleMs;

/// <summary>The engine's options, read from Cake's arguments so that they are the same on every host.</summary>
internal sealed record RunOptions
{
    public int Jobs { get; private init; } = System.Environment.ProcessorCount;

    public bool KeepGoing { get; private init; }

    public bool PlanOnly { get; private init; }

    /// <summary>Patterns of steps to explain.</summary>
    public IReadOnlyList<string> Why { get; private init; } = [];

    public bool ExitCode { get; private init; }

    public bool Rehash { get; private init; }

    public string? Summary { get; private init; }

    public string? Events { get; private init; }

    public string Progress { get; private init; } = "auto";

    public bool NoColor { get; private init; }

    public CacheChoice Cache { get; private init; } = CacheChoice.None;

    /// <summary>Reads the options; what is wrong with them is added to the faults.</summary>
    public static RunOptions Read(ICakeArguments arguments, List<Fault> faults) => new()
    {
        Jobs = ReadJobs(arguments, faults),
        KeepGoing = Flag(arguments, "keep-going"),
        PlanOnly = Flag(arguments, "plan") || Flag(arguments, "n") || arguments.HasArgument("why"),
        Why = [.. arguments.GetArguments("why") ?? []],
        ExitCode = Flag(arguments, "exit-code"),
        Rehash = Flag(arguments, "rehash"),
        Summary = Last(arguments, "summary"),
        Events = Last(arguments, "events"),
        Progress = ReadProgress(arguments, faults),
        Cache = CacheChoice.Read(Last(arguments, "cache"), Flag(arguments, "read-only-cache"), faults),
        NoColor = Flag(arguments, "no-color") || !string.IsNullOrEmpty(System.Environment.GetEnvironmentVariable("NO_COLOR")),
    };

    private static int ReadJobs(ICakeArguments arguments, List<Fault> faults)
    {
        var text = Last(arguments, "jobs") ?? Last(arguments, "j");
        if (text is null)
        {
            return System.Environment.ProcessorCount;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var jobs) && jobs is >= 1 and <= 100_000)
        {
            return jobs;
        }

        faults.Add(UsageFaults.BadValue("jobs", text, "a whole number from 1 to 100000"));
        return 1;
    }

    private static string ReadProgress(ICakeArguments arguments, List<Fault> faults)
    {
        var text = Last(arguments, "progress") ?? "auto";
        if (text is "auto" or "plain" or "none")
        {
            return text;
        }

        faults.Add(UsageFaults.BadValue("progress", text, "auto, plain or none"));
        return "auto";
    }

    private static bool Flag(ICakeArguments arguments, string name) =>
        arguments.HasArgument(name) && !string.Equals(Last(arguments, name), "false", StringComparison.OrdinalIgnoreCase);

    private static string? Last(ICakeArguments arguments, string name) => arguments.GetArguments(name)?.LastOrDefault();
}
