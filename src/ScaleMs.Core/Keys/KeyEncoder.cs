using System.Globalization;
using ScaleMs.Core.Model;

namespace ScaleMs.Core.Keys;

/// <summary>Walks a closed action; the one walk writes its key, and the key's components when they are asked for.</summary>
/// <remarks>
/// The list is closed: what is not written here is not in the key. Not in it: step names (but of steps that run always), members and other labels, absolute paths,
/// where outputs are published, resources, checkpoints, retries, launcher, passed environment, time.
/// </remarks>
public static class KeyEncoder
{
    /// <summary>The encoding's version: raise it when the walk changes, so that old keys miss.</summary>
    public const string Version = "scalems.action/1";

    /// <summary>The component that only steps have that run always.</summary>
    public const string AlwaysComponent = "always";

    [ThreadStatic]
    private static KeyHash? t_hash;

    /// <summary>Computes the key of an action.</summary>
    /// <param name="action">The closed action.</param>
    /// <returns>The key.</returns>
    public static ActionKey KeyOf(ClosedAction action)
    {
        var hash = t_hash ??= new KeyHash();
        Walk(action, hash);
        return hash.Finish();
    }

    /// <summary>Names the parts of an action's key: the same walk, for people.</summary>
    /// <param name="action">The closed action.</param>
    /// <param name="former">Components of a former key, which those are taken from that are the same; null for none.</param>
    /// <returns>The components, in the order of the walk.</returns>
    public static IReadOnlyList<KeyComponent> ComponentsOf(ClosedAction action, IEnumerable<KeyComponent>? former = null)
    {
        using var known = former?.GetEnumerator();
        var components = new KeyComponents(known);
        Walk(action, components);
        return components.List;
    }

    /// <summary>Computes the key of an action and names its parts.</summary>
    /// <param name="action">The closed action.</param>
    /// <returns>The key and its named components, in the order of the walk.</returns>
    public static (ActionKey Key, IReadOnlyList<KeyComponent> Components) Encode(ClosedAction action) => (KeyOf(action), ComponentsOf(action));

    private static void Walk(ClosedAction action, IKeySink sink)
    {
        sink.Text(new("encoding"), Version);
        WriteOperation(action.Step.Operation, sink);
        WriteTemplates(action, sink);
        WritePairs(new("environment"), Sorted(action.Step.Environment), sink);
        WritePairs(new("parameter"), action.Step.Parameters, sink);
        WriteInputs(action, sink);
        WriteOutputs(action.Step.Outputs, sink);
        WriteSuccess(action.Step.Success, sink);
        WriteSite(action, sink);
        WriteSecrets(action.Step.Secrets, sink);
        // What runs always is not determined by the rest of its key: no other step's result may stand for its own.
        WriteIfAny(new(AlwaysComponent), action.Step.IsAlways ? action.Step.Id.ToString() : null, sink);
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Sorted(IReadOnlyDictionary<string, string> values) =>
        values.Count == 0 ? [] : [.. values.OrderBy(pair => pair.Key, StringComparer.Ordinal)];

    private static void WriteOperation(Operation operation, IKeySink sink)
    {
        switch (operation)
        {
            case Operation.Commands commands:
                sink.Text(new("operation"), "commands");
                sink.Count(new("command"), commands.List.Count);
                for (var i = 0; i < commands.List.Count; i++)
                {
                    WriteCommand(i, commands.List[i], sink);
                }

                break;
            case Operation.Function function:
                sink.Text(new("operation"), "function");
                sink.Text(new("function"), function.Signature);
                sink.Text(new("code"), function.CodeDigest);
                WritePairs(new("code"), function.Code, sink);
                WritePairs(new("argument"), function.Arguments, sink);
                break;
            default:
                throw new InvalidOperationException($"Unknown operation {operation.GetType().Name}.");
        }
    }

    private static void WriteCommand(int index, Command command, IKeySink sink)
    {
        var name = new KeyName("command", Index: index);
        sink.Text(name, command.Program);
        sink.Count(name with { Part = "argument" }, command.Arguments.Count);
        for (var i = 0; i < command.Arguments.Count; i++)
        {
            sink.Text(name with { Part = "argument", PartIndex = i }, command.Arguments[i]);
        }

        sink.Count(name with { Part = "stdin" }, command.StandardInput is null ? 0 : 1);
        if (command.StandardInput is not null)
        {
            sink.Text(name with { Part = "stdin" }, command.StandardInput);
        }

        sink.Text(name with { Part = "stdout" }, command.StandardOutput?.Value ?? string.Empty);
        WriteIfAny(name with { Part = "stderr" }, command.StandardError?.Value, sink);
        WriteIfAny(name with { Part = "stdin-file" }, command.StandardInputFile?.Value, sink);
        WriteIfAny(name with { Part = "through" }, command.Through?.Display, sink);
    }

    /// <summary>What came to be known after the first keys were recorded is written only where it is used, so that those stay what they are.</summary>
    private static void WriteIfAny(in KeyName name, string? value, IKeySink sink)
    {
        if (value is not null)
        {
            sink.Text(name, value);
        }
    }

    private static void WriteTemplates(ClosedAction action, IKeySink sink)
    {
        sink.Count(new("template"), action.Templates.Count);
        for (var i = 0; i < action.Templates.Count; i++)
        {
            var template = action.Step.Templates[i];
            // The values determine the text together with the source; they are written so that an explanation can name them.
            WritePairs(new("template", template.Name.Value), template.Values, sink);
            sink.Text(new("template", template.Name.Value), action.Templates[i].Text);
        }
    }

    private static void WriteInputs(ClosedAction action, IKeySink sink)
    {
        sink.Count(new("input"), action.Inputs.Count);
        for (var i = 0; i < action.Inputs.Count; i++)
        {
            var (name, identity) = (action.Step.Inputs[i].Name, action.Inputs[i]);
            sink.Digest(new("input", name.Value), identity.Digest);
            sink.Text(new("input", name.Value, Part: "identity"), Rule(identity.RuleName, identity.RuleVersion));
            sink.Text(new("input", name.Value, Part: "writable"), action.Step.Inputs[i].IsWritable ? "yes" : "no");
        }
    }

    private static void WriteOutputs(IReadOnlyList<Output> outputs, IKeySink sink)
    {
        sink.Count(new("output"), outputs.Count);
        for (var i = 0; i < outputs.Count; i++)
        {
            var output = outputs[i];
            sink.Text(new("output", output.Path.Value), Rule(output.Identity.Name, output.Identity.Version));
            WriteIfAny(new("output", output.Path.Value, Part: "optional"), output.IsOptional ? "yes" : null, sink);
            WriteIfAny(new("output", output.Path.Value, Part: "files"), output.Files is { IsAll: false } files ? files.Text : null, sink);
        }
    }

    private static void WriteSuccess(SuccessRule rule, IKeySink sink)
    {
        sink.Text(new("success/exit"), rule.AllowedExitCodes is [0] ? "0" : string.Join(',', rule.AllowedExitCodes.Select(code => code.ToString(CultureInfo.InvariantCulture))));
        sink.Count(new("success"), rule.Conditions.Count);
        for (var i = 0; i < rule.Conditions.Count; i++)
        {
            var condition = rule.Conditions[i];
            sink.Text(new("success", Index: i), condition.Kind.ToString());
            sink.Text(new("success", Index: i, Part: "path"), condition.Path?.Value ?? string.Empty);
            sink.Text(new("success", Index: i, Part: "pattern"), condition.Pattern);
        }
    }

    private static void WriteSite(ClosedAction action, IKeySink sink)
    {
        sink.Count(new("tool"), action.Tools.Count);
        for (var i = 0; i < action.Tools.Count; i++)
        {
            WritePairs(new("tool", action.Step.Tools[i].Name), action.Tools[i].Lines, sink);
        }

        sink.Count(new("site"), action.SiteFacts.Count);
        for (var i = 0; i < action.SiteFacts.Count; i++)
        {
            sink.Text(new("site", action.Step.SiteFacts[i].ToString()), action.SiteFacts[i]);
        }
    }

    /// <summary>Steps without secrets keep the keys that they had before there were any.</summary>
    private static void WriteSecrets(IReadOnlyList<SecretUse> secrets, IKeySink sink)
    {
        if (secrets.Count == 0)
        {
            return;
        }

        sink.Count(new("secret"), secrets.Count);
        foreach (var secret in secrets)
        {
            var name = new KeyName("secret", secret.Place);
            sink.Text(name, secret.Name);
            sink.Text(name with { Part = "by" }, secret.Variable is null ? "file" : "variable");
            sink.Text(name with { Part = "version" }, secret.Version);
        }
    }

    private static void WritePairs(KeyName name, IReadOnlyList<KeyValuePair<string, string>> pairs, IKeySink sink)
    {
        sink.Count(name, pairs.Count);
        for (var i = 0; i < pairs.Count; i++)
        {
            var (key, value) = pairs[i];
            sink.Text(name.Item is null ? name with { Item = key } : name with { Part = key }, value);
        }
    }

    private static string Rule(string name, int version) => version == 1 ? RuleOne(name) : $"{name}/{version.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Nearly every rule is at version 1, and most are about bytes.</summary>
    private static string RuleOne(string name) => name == "bytes" ? "bytes/1" : name + "/1";
}
