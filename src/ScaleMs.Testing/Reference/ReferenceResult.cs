using ScaleMs.Core.Model;

namespace ScaleMs.Testing;

/// <summary>What the reference says of a run.</summary>
/// <param name="Works">What each step does; two steps with the same text do the same work, which runs once.</param>
/// <param name="Runs">The works that run, those included that other work may spare.</param>
/// <param name="Made">What each work makes, by the file's path; a directory's path has its listing.</param>
public sealed record ReferenceResult(
    IReadOnlyDictionary<StepId, string> Works,
    IReadOnlySet<string> Runs,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Made)
{
    /// <summary>Those of <see cref="Runs"/> that run in any case. The others run only to make bytes again, and other work of the same run makes these bytes, too: they are spared when it is done before they begin.</summary>
    public IReadOnlySet<string> Certain { get; init; } = Runs;

    /// <summary>The steps that were evaluated, those included that came to be defined on the way.</summary>
    public IReadOnlyList<StepInstance> Steps { get; init; } = [];

    /// <summary>What a step's output holds at the end.</summary>
    /// <param name="step">The step.</param>
    /// <param name="output">The output's path in the step's directory.</param>
    /// <returns>Its text.</returns>
    public string TextOf(StepId step, ArtifactPath output) => Made[Works[step]][output.Value];
}
