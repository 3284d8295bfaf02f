using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;

namespace ScaleMs.Recipes.Lammps;

/// <summary>A file that an input script writes. A text stands for one with the defaults.</summary>
/// <param name="Path">The name that the script gives it.</param>
public sealed record ScriptOutput(string Path)
{
    /// <summary>When two contents count as equal. Default: the bytes.</summary>
    /// <remarks>In the key. Restart files and dumps of one number of threads repeat their bytes.</remarks>
    public OutputIdentity Identity { get; init; } = OutputIdentity.Bytes;

    /// <summary>How long its bytes are kept. Default <see cref="Keep.Always"/>. Not in the key.</summary>
    public Keep Keep { get; init; } = Keep.Always;

    /// <summary>Whether the script may leave it out. Default false.</summary>
    public bool IsOptional { get; init; }

    /// <summary>A file with the defaults.</summary>
    /// <param name="path">The name that the script gives it.</param>
    public static implicit operator ScriptOutput(string path) => FromString(path);

    /// <summary>A file with the defaults.</summary>
    /// <param name="path">The name that the script gives it.</param>
    /// <returns>The file.</returns>
    public static ScriptOutput FromString(string path) => new(path);
}
