using System.Globalization;

namespace ScaleMs.Launchers.Calls;

/// <summary>How a call ended, as its process tells it.</summary>
/// <param name="ExitCode">What a process of its own would have ended with.</param>
/// <param name="Cpu">The processor time that passed in the process and in those that it waited for.</param>
/// <param name="PeakBytes">The largest resident memory of the process during the call; 0 when unknown.</param>
/// <param name="IsLast">Whether the process must be ended before anything that the call made is relied on.</param>
internal sealed record CallAnswer(int ExitCode, TimeSpan Cpu, long PeakBytes, bool IsLast)
{
    /// <summary>What a process says when it has taken an order.</summary>
    internal const string Begun = "begun";

    private const string Refused = "refused ";

    /// <summary>Why the call was not made; null when it was.</summary>
    internal string? Refusal { get; private init; }

    /// <summary>What a process says instead when it cannot begin: the disk of the log is full, for one.</summary>
    internal static string RefusalLine(string why) => Refused + why.ReplaceLineEndings(" ");

    /// <summary>Reads a line; null when it is no answer.</summary>
    internal static CallAnswer? Read(string line) =>
        line.StartsWith(Refused, StringComparison.Ordinal) ? new CallAnswer(0, TimeSpan.Zero, 0, IsLast: false) { Refusal = line[Refused.Length..] }
        : line.Split(' ') is ["ended", var code, var cpu, var peak, var last]
        && int.TryParse(code, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exitCode)
        && long.TryParse(cpu, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
        && long.TryParse(peak, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            ? new CallAnswer(exitCode, TimeSpan.FromTicks(ticks), bytes, last != "0")
            : null;

    internal string Line() => string.Create(CultureInfo.InvariantCulture, $"ended {ExitCode} {Cpu.Ticks} {PeakBytes} {(IsLast ? 1 : 0)}");
}
