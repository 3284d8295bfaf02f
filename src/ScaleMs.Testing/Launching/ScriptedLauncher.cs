using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;

namespace ScaleMs.Testing;

/// <summary>Executes steps by scripts instead of processes, in virtual time; function steps too.</summary>
/// <param name="files">The disk that holds the attempts' directories.</param>
/// <param name="clock">Tells how long attempts take.</param>
public sealed class ScriptedLauncher(MemoryDisk files, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly List<ScriptedLaunch> _launches = [];
    private readonly Dictionary<StepId, int> _attempts = [];
    private readonly List<ScriptedAttempt> _running = [];

    /// <summary>What steps do; by default <see cref="StepScripts.DigestOfInputs"/>.</summary>
    public StepScript Script { get; set; } = StepScripts.DigestOfInputs;

    /// <summary>What filters print; null makes one fail. By default they print the file as it is.</summary>
    public Func<ScriptedFilter, string?> Filter { get; set; } = filter => filter.Text;

    /// <summary>The steps by id, for scripts that ask for declared outputs.</summary>
    public IReadOnlyDictionary<StepId, StepInstance> Steps { get; set; } = new Dictionary<StepId, StepInstance>();

    /// <summary>Every attempt so far, in the order of their beginning.</summary>
    public IReadOnlyList<ScriptedLaunch> Launches => _launches;

    internal MemoryDisk Files => files;

    internal TimeProvider Clock => clock;

    internal ScriptedAttempt Begin(StepId id, IReadOnlyList<string> commands, string directory, IDisk disk, bool outlivesHost = false)
    {
        lock (_lock)
        {
            var number = _attempts[id] = _attempts.GetValueOrDefault(id) + 1;
            var step = new ScriptedStep(disk, files, directory)
            {
                Id = id,
                Attempt = number,
                Commands = commands,
                Outputs = Steps.TryGetValue(id, out var declared) ? declared.Outputs.Select(FileOf).ToList() : [],
            };
            var attempt = new ScriptedAttempt(step, _launches.Count);
            _launches.Add(new ScriptedLaunch(id, clock.GetUtcNow()));
            if (!outlivesHost)
            {
                _running.Add(attempt);
            }

            return attempt;
        }
    }

    /// <summary>A directory is no file; one in it that belongs to the output is.</summary>
    private static string FileOf(Output output) => output.Files is not { } files ? output.Path.Value
        : $"{output.Path}/{(files.IsAll ? "a" : files.Text.Replace("**", "a", StringComparison.Ordinal).Replace('*', 'a').Replace('?', 'a'))}";

    internal void Ended(ScriptedAttempt attempt, LaunchResult end)
    {
        lock (_lock)
        {
            _launches[attempt.Index] = _launches[attempt.Index] with { EndedAt = clock.GetUtcNow(), End = end };
            _running.Remove(attempt);
        }
    }

    /// <summary>What a crashed host left running is ended, as the next run does on a real machine.</summary>
    internal int Reap()
    {
        lock (_lock)
        {
            var left = _running.Count;
            _running.ForEach(attempt => attempt.Timer?.Dispose());
            _running.Clear();
            return left;
        }
    }
}
