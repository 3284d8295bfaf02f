using System.Collections.Concurrent;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Engine.Sites;

namespace ScaleMs.Engine.Secrets;

/// <summary>Values that commands tell: each command runs once in a run, when the first step that needs it is launched.</summary>
/// <param name="commands">Runs them; null where this host has no processes.</param>
/// <param name="programs">Finds their programs.</param>
/// <param name="environment">The caller's environment, which they get.</param>
/// <param name="workspace">Where they run, absolute.</param>
internal sealed class ToldSecrets(ISecretCommands? commands, ProgramPath programs, CallerEnvironment environment, string workspace)
{
    private readonly ConcurrentDictionary<SecretSource.FromCommand, Lazy<SecretAnswer>> _answers = new();

    /// <summary>What keeps a command from being run; null when nothing is known to. Runs nothing.</summary>
    public string? ProblemOf(SecretSource.FromCommand source) =>
        commands is null ? $"{source} cannot be run here" : ProgramOf(source) is null ? $"the program of {source} is not there" : null;

    /// <summary>What a command wrote.</summary>
    /// <exception cref="SecretException">It told nothing. The message holds nothing of what it wrote.</exception>
    public byte[] Read(SecretSource.FromCommand source, string name, CancellationToken cancellation)
    {
        var answer = _answers.GetOrAdd(source, asked => new Lazy<SecretAnswer>(() => Ask(asked, cancellation))).Value;
        return answer.Output is { } output ? [.. output] : throw new SecretException($"the secret '{name}' is missing: {source} {answer.Problem}");
    }

    private SecretAnswer Ask(SecretSource.FromCommand source, CancellationToken cancellation) =>
        commands!.Run(new SecretRequest(ProgramOf(source)!, [.. source.Command.Skip(1)], workspace, environment.All), cancellation);

    private string? ProgramOf(SecretSource.FromCommand source) => programs.Find(source.Command[0].Contains('/', StringComparison.Ordinal) ? Path.GetFullPath(source.Command[0], workspace) : source.Command[0]);
}
