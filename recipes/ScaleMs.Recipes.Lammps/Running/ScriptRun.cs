namespace ScaleMs.Recipes.Lammps;

/// <summary>What an input script leaves.</summary>
public sealed class ScriptRun
{
    private readonly Step _step;

    internal ScriptRun(Step step) => _step = step;

    /// <summary>The log; its identity is <see cref="LogIdentity"/>.</summary>
    public Artifact Log => _step.File(Script.LogFile);

    /// <summary>A file that the script writes.</summary>
    /// <param name="path">One of <see cref="Script.Outputs"/>, or <see cref="Script.Restart"/>; using another one is a fault.</param>
    /// <returns>The handle.</returns>
    public Artifact File(string path) => _step.File(path);
}
