using ScaleMs.Core.Faults;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <content>Turns the description into the engine's model.</content>
public sealed partial class Step
{
    private static readonly SortedList<string, string> NoValues = new(StringComparer.Ordinal);

    private bool IsPlainSuccess => _conditions.Count == 0 && ReferenceEquals(_allowedExitCodes, SuccessRule.Default.AllowedExitCodes);

    /// <summary>Whether it has what every step needs.</summary>
    internal bool IsWhole => (_commands.Count > 0 || _function is not null) && (_outputs.Count > 0 || _isAlways);

    internal StepInstance Build() => new()
    {
        Id = Id,
        Operation = _function is null ? new Operation.Commands(_commands.ToArray()) : _function with { Place = _callPlace },
        Inputs = InOrder(_inputs.ToArray(), static input => input.Name.Value),
        Templates = InOrder(_templates.ToArray(), static template => template.Name.Value),
        Outputs = InOrder(_outputs.ToArray(), static output => output.Path.Value),
        Environment = _environment ?? NoValues,
        PassedEnvironment = _passed is null ? [] : [.. _passed],
        Secrets = InOrder(_secrets.ToArray(), static secret => secret.Place),
        Parameters = _parameters is null ? [] : [.. _parameters],
        Tools = BuildTools(),
        SiteFacts = _siteFacts,
        Success = IsPlainSuccess ? SuccessRule.Default : new SuccessRule(_allowedExitCodes, _conditions.ToArray()),
        Checkpoint = _checkpoint.ToArray(),
        Resources = _tokens is null ? _resources : _resources with { Tokens = _tokens },
        Launcher = _launcher,
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

    private InputSource.StepOutput SourceOf(Artifact artifact)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        return _collector.Known(artifact.Path) is { } path ? new InputSource.StepOutput(artifact.Step, path) : Source(artifact);
    }

    private Step AddInput(string name, InputSource source, bool asBytes, bool isWritable, ContentIdentity? identity = null)
    {
        _inputs.Add(new Input(Path(name), source, identity ?? ContentIdentity.Bytes, asBytes, isWritable));
        return this;
    }

    private static T[] InOrder<T>(T[] declared, Func<T, string> nameOf) =>
        declared.Length < 2 ? declared : [.. declared.OrderBy(nameOf, StringComparer.Ordinal)];

    /// <summary>A tool that is declared again is what was said last.</summary>
    private void AddTool(Tool tool)
    {
        for (var i = 0; i < _tools.Count; i++)
        {
            if (_tools[i].Name == tool.Name)
            {
                _tools.Replace(i, tool);
                return;
            }
        }

        _tools.Add(tool);
    }

    /// <summary>Reads a text of the author. Nobody finds the line of a script from the exception alone.</summary>
    private T Read<T>(string text, Func<string, T> parse)
    {
        try
        {
            return parse(text);
        }
        catch (FormatException exception)
        {
            throw new FormatException($"{exception.Message} (step '{Id}', {_where})", exception);
        }
    }

    private ArtifactPath Path(string text) => _collector.Path(text, Id, _where);

    private Step ChangeLastCommand(Func<Command, Command> change)
    {
        if (_commands.Count == 0)
        {
            throw new InvalidOperationException($"Step '{Id}' has no command yet: call Run first ({_where}).");
        }

        _commands.Replace(_commands.Count - 1, change(_commands[_commands.Count - 1]));
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
