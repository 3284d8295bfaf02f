namespace ScaleMs.Launchers.Slurm;

/// <summary>What became of an order of pilots.</summary>
/// <param name="Jobs">The ids of the arrays that were submitted.</param>
/// <param name="Logs">The folder, as shells there take it, where job and task name the file of what a worker says.</param>
/// <param name="Problem">Why there are no more of them; empty where all were submitted.</param>
public sealed record PilotJobs(IReadOnlyList<string> Jobs, string Logs, string Problem);
