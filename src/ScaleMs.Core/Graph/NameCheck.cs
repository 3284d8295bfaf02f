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
        foreach (var input in step.Inputs)
        {
            if (input.IsWritable || !_names.Add(input.Name.Value))
            {
                return false;
            }
        }

        foreach (var template in step.Templates)
        {
            if (!_names.Add(template.Name.Value))
            {
                return false;
            }
        }

        foreach (var output in step.Outputs)
        {
            if (!_names.Add(output.Path.Value))
            {
                return false;
            }
        }

        foreach (var secret in step.Secrets)
        {
            if (!_names.Add(secret.Place))
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
