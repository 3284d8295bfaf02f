using ScaleMs.Core.Model;
using ScaleMs.Engine.Secrets;

namespace ScaleMs.Engine.Executing;

/// <summary>An attempt while it runs: what was asked for, where it is, and what it was given for this time only.</summary>
/// <param name="Request">What to run.</param>
/// <param name="Directory">Its directory.</param>
internal sealed record Attempt(ExecutionRequest Request, PrivateDirectory Directory)
{
    public string Files => Directory.Files;

    /// <summary>What it was given of secrets; null for none.</summary>
    public SecretsOfAttempt? Secrets { get; set; }

    /// <summary>What the step keeps between its runs; null when it keeps nothing.</summary>
    public KeptStateOfAttempt? State { get; } = Request.Step.KeepsState ? new KeptStateOfAttempt(Request.KeptState) : null;

    public string Log => Directory.Log;

    /// <summary>The absolute place of a file that a command names; null for none.</summary>
    public string? PlaceOf(ArtifactPath? file) => file is null ? null : Path.Combine(Files, file.Value);
}
