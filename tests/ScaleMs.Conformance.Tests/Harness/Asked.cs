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

    /// <summary>Whether arguments are handed out as the module does, which remembers what a script asks for.</summary>
    public bool UnderModule { get; init; }

    /// <summary>Options of the command line, beside Cake's own: name and value.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Arguments { get; init; } = [];
}
