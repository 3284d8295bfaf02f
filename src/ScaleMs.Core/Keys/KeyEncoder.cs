using System.Globalization;
using ScaleMs.Core.Model;

namespace ScaleMs.Core.Keys;

/// <summary>Walks a closed action once and writes its key and the key's components.</summary>
/// <remarks>
/// The list is closed: what is not written here is not in the key. Not in it: step names, members and other labels, absolute paths,
/// where outputs are published, resources, checkpoints, launcher, passed environment, time.
/// </remarks>
public static class KeyEncoder
{
    /// <summary>The encoding's version: raise it when the walk changes, so that old keys miss.</summary>
    public const string Version = "scalems.action/1";

    /// <summary>Computes the key of an action.</summary>
    /// <param name="action">The closed action.</param>
    /// <returns>The key and its named components, in the order of the walk.</returns>
    public static (ActionKey Key, IReadOnlyList<KeyComponent> Components) Encode(ClosedAction action)
    {
        using var writer = new KeyWriter();
        Walk(action, writer);
        return (writer.Finish(), writer.Components);
    }

    private static void Walk(ClosedAction action, KeyWriter sink)
    {
        sink.Text("encoding", Version);
        WriteOperation(action.Step.Operation, sink);
        WriteTemplates(action, sink);
        WritePairs("environment", action.Step.Environment.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList(), sink);
        WritePairs("parameter", action.Step.Parameters, sink);
        WriteInputs(action, sink);
        WriteOutputs(action.Step.Outputs, sink);
        WriteSuccess(action.Step.Success, sink);
        WriteSite(action, sink);
    }

    private static void WriteOperation(Operation operation, KeyWriter sink)
    {
        switch (operation)
        {
            case Operation.Commands commands:
                sink.Text("operation", "commands");
                sink.Count("command", commands.List.Count);
                for (var i = 0; i < commands.List.Count; i++)
                {
                    WriteCommand($"command[{i}]", commands.List[i], sink);
                }

                break;
            case Operation.Function function:
                sink.Text("operation", "function");
                sink.Text("function", function.Signature);
                sink.Text("code", function.CodeDigest);
                WritePairs("code", function.Code, sink);
                WritePairs("argument", function.Arguments, sink);
                break;
            default:
                throw new InvalidOperationException($"Unknown operation {operation.GetType().Name}.");
        }
    }

    private static void WriteCommand(string name, Command command, KeyWriter sink)
    {
        sink.Text(name, command.Program);
        sink.Count($"{name}/argument", command.Arguments.Count);
        for (var i = 0; i < command.Arguments.Count; i++)
        {
            sink.Text($"{name}/argument[{i}]", command.Arguments[i]);
        }

        sink.Count($"{name}/stdin", command.StandardInput is null ? 0 : 1);
        if (command.StandardInput is not null)
        {
            sink.Text($"{name}/stdin", command.StandardInput);
        }

        sink.Text($"{name}/stdout", command.StandardOutput?.Value ?? string.Empty);
    }

    private static void WriteTemplates(ClosedAction action, KeyWriter sink)
    {
        sink.Count("template", action.Templates.Count);
        for (var i = 0; i < action.Templates.Count; i++)
        {
            var template = action.Step.Templates[i];
            // The values determine the text together with the source; they are written so that an explanation can name them.
            WritePairs($"template/{template.Name}", template.Values, sink);
            sink.Text($"template/{template.Name}", action.Templates[i].Text);
        }
    }

    private static void WriteInputs(ClosedAction action, KeyWriter sink)
    {
        sink.Count("input", action.Inputs.Count);
        for (var i = 0; i < action.Inputs.Count; i++)
        {
            var (name, identity) = (action.Step.Inputs[i].Name, action.Inputs[i]);
            sink.Text($"input/{name}", identity.Digest.ToString());
            sink.Text($"input/{name}/identity", Rule(identity.RuleName, identity.RuleVersion));
            sink.Text($"input/{name}/writable", action.Step.Inputs[i].IsWritable ? "yes" : "no");
        }
    }

    private static void WriteOutputs(IReadOnlyList<Output> outputs, KeyWriter sink)
    {
        sink.Count("output", outputs.Count);
        foreach (var output in outputs)
        {
            sink.Text($"output/{output.Path}", Rule(output.Identity.Name, output.Identity.Version));
        }
    }

    private static void WriteSuccess(SuccessRule rule, KeyWriter sink)
    {
        sink.Text("success/exit", string.Join(',', rule.AllowedExitCodes.Select(code => code.ToString(CultureInfo.InvariantCulture))));
        sink.Count("success", rule.Conditions.Count);
        for (var i = 0; i < rule.Conditions.Count; i++)
        {
            var condition = rule.Conditions[i];
            sink.Text($"success[{i}]", condition.Kind.ToString());
            sink.Text($"success[{i}]/path", condition.Path?.Value ?? string.Empty);
            sink.Text($"success[{i}]/pattern", condition.Pattern);
        }
    }

    private static void WriteSite(ClosedAction action, KeyWriter sink)
    {
        sink.Count("tool", action.Tools.Count);
        for (var i = 0; i < action.Tools.Count; i++)
        {
            WritePairs($"tool/{action.Step.Tools[i].Name}", action.Tools[i].Lines, sink);
        }

        sink.Count("site", action.SiteFacts.Count);
        for (var i = 0; i < action.SiteFacts.Count; i++)
        {
            sink.Text($"site/{action.Step.SiteFacts[i]}", action.SiteFacts[i]);
        }
    }

    private static void WritePairs(string name, IReadOnlyList<KeyValuePair<string, string>> pairs, KeyWriter sink)
    {
        sink.Count(name, pairs.Count);
        foreach (var (key, value) in pairs)
        {
            sink.Text($"{name}/{key}", value);
        }
    }

    private static string Rule(string name, int version) => $"{name}/{version.ToString(CultureInfo.InvariantCulture)}";
}
