using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;

namespace ScaleMs.Core.Ports;

/// <summary>Where steps run, as far as keys and launches depend on it: its tools, its facts, and the variables that steps get there.</summary>
/// <remarks>Members may be called from several threads. What was found is remembered until <see cref="OpenEpoch"/>.</remarks>
public interface ISite
{
    /// <summary>Finds a tool and its fingerprint.</summary>
    /// <param name="tool">The tool as a step declares it.</param>
    /// <returns>What was found; never throws for a tool that is not there or a site that does not answer: the answer's problem says it.</returns>
    ToolAnswer Find(Tool tool);

    /// <summary>Tells a fact of the site.</summary>
    /// <param name="fact">Which.</param>
    /// <returns>The fact as it enters keys.</returns>
    string Fact(SiteFact fact);

    /// <summary>The environment of a step's commands, as far as it is told from here: on this machine all of it, elsewhere what is fixed and what the step declares.</summary>
    /// <param name="step">The instance.</param>
    /// <returns>A dictionary of the caller's own.</returns>
    Dictionary<string, string> EnvironmentOf(StepInstance step);

    /// <summary>Forgets a tool whose files are others by now.</summary>
    /// <param name="tool">The tool.</param>
    void Recheck(Tool tool);

    /// <summary>Forgets the tools: a plain task may have made or replaced them.</summary>
    void OpenEpoch();
}

/// <summary>A tool as it was found.</summary>
/// <param name="Path">The absolute path to start, where it runs; null when it was not found or told no version.</param>
/// <param name="Fingerprint">Its fingerprint; empty when it was not found.</param>
/// <param name="Files">The executable and its libraries with the stat tuples under which the fingerprint holds; empty for a tool of another machine.</param>
/// <param name="Problem">What is wrong, as the end of a sentence that begins with the tool; null when nothing is.</param>
public sealed record ToolAnswer(string? Path, ToolFingerprint Fingerprint, IReadOnlyList<KeyValuePair<string, FileStat>> Files, string? Problem);
