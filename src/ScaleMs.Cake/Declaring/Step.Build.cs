using ScaleMs.Core.Faults;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <content>Turns the description into the engine's model.</content>
public sealed partial class Step
{
    private static readonly SortedList<string, string> NoValues = new(StringComparer.Ordinal);
    private static readonly IReadOnlyList<ArtifactPath> Nothing = [];

    private bool IsPlainSuccess => _conditions.Count == 0 && ReferenceEquals(_allowedExitCodes, SuccessRule.Default.AllowedExitCodes);

    internal StepInstance Build() => new()
    {
        Id = Id,
        Operation = _function is null ? new Operation.Commands([.. _commands]) : _function with { IsInProcess = _isInProcess },
        Inputs = InOrder(_inputs, static input => input.Name.Value),
        Templates = InOrder(_templates, static template => template.Name.Value),
        Outputs = InOrder(_outputs, static output => output.Path.Value),
        Environment = _environment.Count == 0 ? NoValues : _environment,
        PassedEnvironment = _passed.Count == 0 ? [] : [.. _passed],
        Secrets = BuildSecrets(),
        Parameters = _parameters.Count == 0 ? [] : [.. _parameters],
        Tools = BuildTools(),
        SiteFacts = _siteFacts,
        Success = IsPlainSuccess ? SuccessRule.Default : new SuccessRule(_allowedExitCodes, _conditions),
        Checkpoint = _checkpoint.Count == 0 ? Nothing : _checkpoint,
        Resources = _tokens is null ? _resources : _resources with { Tokens = _tokens },
        Retries = _retries,
        IsStochastic = _isStochastic,
        IsAlways = _isAlways,
        KeepsState = _keepsState,
        Progress = _progress,
        LogFraming = _logFraming,
        Recipe = Recipe,
        DeclaredAt = _where,
    };

    internal static InputSource.StepOutput Source(Artifact artifact)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        return new InputSource.StepOutput(artifact.Step, ArtifactPath.TryParse(artifact.Path, out var path, out _) ? path : ArtifactPath.Parse("invalid"));
    }

    private Step AddInput(string name, InputSource source, bool asBytes, bool isWritable, ContentIdentity? identity = null)
    {
        _inputs.Add(new Input(Path(name), source, identity ?? ContentIdentity.Bytes, asBytes, isWritable));
        return this;
    }

    private static IReadOnlyList<T> InOrder<T>(List<T> declared, Func<T, string> nameOf) =>
        declared.Count < 2 ? [.. declared] : [.. declared.OrderBy(nameOf, StringComparer.Ordinal)];

    private ArtifactPath Path(string text) => _collector.Path(text, Id, _where);

    private Step ChangeLastCommand(Func<Command, Command> change)
    {
        if (_commands.Count == 0)
        {
            throw new InvalidOperationException($"Step '{Id}' has no command yet: call Run first ({_where}).");
        }

        _commands[^1] = change(_commands[^1]);
        return this;
    }

    /// <summary>A workspace's own path in an argument would make the key differ from one checkout to the next.</summary>
    private void CheckArguments(string[] arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Contains(_collector.Workspace, StringComparison.Ordinal))
            {
                _collector.Report(new Fault(
                    "SMS1015", FaultKind.Definition, $"the argument '{argument}' of step '{Id}' holds the workspace's path", _where,
                    "declare the file as an input and use its name"));
            }
        }
    }
}
