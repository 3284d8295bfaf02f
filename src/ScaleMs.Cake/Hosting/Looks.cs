using ScaleMs.Core.Faults;
using ScaleMs.Core.Graph;

namespace ScaleMs;

/// <summary>What a definition looked for in the workspace.</summary>
internal sealed class Looks
{
    /// <summary>What was wrong with it.</summary>
    public List<Fault> Faults { get; } = [];

    public List<SourcePattern> Patterns { get; } = [];

    public void CopyTo(List<Fault> faults, List<SourcePattern> patterns)
    {
        faults.AddRange(Faults);
        patterns.AddRange(Patterns);
    }

    public void MoveTo(List<Fault> faults, List<SourcePattern> patterns)
    {
        CopyTo(faults, patterns);
        Faults.Clear();
        Patterns.Clear();
    }
}
