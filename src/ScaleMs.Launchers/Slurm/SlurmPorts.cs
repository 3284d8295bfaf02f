using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Slurm;

/// <summary>What a launcher reaches its site by; tests put others in.</summary>
internal sealed record SlurmPorts
{
    /// <summary>Runs Slurm's commands.</summary>
    internal ISiteShell Shell { get; init; } = new LocalShell();

    /// <summary>Brings attempts there and back; null where the site sees this disk.</summary>
    internal IAttemptStaging? Staging { get; init; }

    /// <summary>Takes what goes wrong and mends itself, or what a person should look at.</summary>
    internal Action<string> Tell { get; init; } = _ => { };

    /// <summary>Is told when an instant is reached at which a kill would hurt most.</summary>
    internal Action<string> OnCrashPoint { get; init; } = _ => { };
}
