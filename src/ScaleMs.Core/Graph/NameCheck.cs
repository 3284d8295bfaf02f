using ScaleMs.Core.Model;

namespace ScaleMs.Core.Graph;

/// <summary>Sees whether a step's names in its private directory are all different and none lies inside another: true for nearly every step, and then nothing more is looked at.</summary>
/// <remarks>One set serves all steps, so that a graph of fifty thousand makes no garbage.</remarks>
internal sealed class NameCheck
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _byFolder;

    public NameCheck() => _byFolder = _names.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether nothing can be wrong; false may only mean that a closer look is needed.</summary>
    public bool IsClear(StepInstance step)
    {
        _names.Clear();
        for (var i = 0; i < step.Inputs.Count; i++)
        {
            if (step.Inputs[i].IsWritable || !_names.Add(step.Inputs[i].Name.Value))
            {
                return false;
            }
        }

        for (var i = 0; i < step.Templates.Count; i++)
        {
            if (!_names.Add(step.Templates[i].Name.Value))
            {
                return false;
            }
        }

        for (var i = 0; i < step.Outputs.Count; i++)
        {
            if (!_names.Add(step.Outputs[i].Path.Value))
            {
                return false;
            }
        }

        for (var i = 0; i < step.Secrets.Count; i++)
        {
            if (!_names.Add(step.Secrets[i].Place))
            {
                return false;
            }
        }

        return step.Checkpoint.Count == 0 && !HasNested();
    }

    private bool HasNested()
    {
        foreach (var name in _names)
        {
            for (var slash = name.LastIndexOf('/'); slash > 0; slash = name.LastIndexOf('/', slash - 1))
            {
                if (_byFolder.Contains(name.AsSpan(0, slash)))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
