using Cake.Core.Diagnostics;

namespace ScaleMs.Conformance.Tests;

/// <summary>How a build is run.</summary>
/// <param name="Targets">Its targets.</param>
internal sealed record Asked(params string[] Targets)
{
    public bool Exclusive { get; init; }

    /// <summary>Whether each of several targets is run for itself, as Cake did before version 7.</summary>
    public bool EachForItself { get; init; }

    public bool DryRun { get; init; }

    /// <summary>How much the log takes.</summary>
    public Verbosity Verbosity { get; init; } = Verbosity.Diagnostic;

    /// <summary>Options of the command line, beside Cake's own: name and value.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Arguments { get; init; } = [];
}
