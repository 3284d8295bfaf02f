using System.Globalization;
using System.Text.RegularExpressions;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;

namespace ScaleMs.Core.Planning;

/// <content>The words for a component and its values.</content>
public static partial class KeyDifference
{
    /// <summary>An argument that follows an option is called by it: <c>-ff of gmx:</c>; null for any other component.</summary>
    private static string? OptionOf(string name, Dictionary<string, string> old, Dictionary<string, string> present)
    {
        var match = Argument().Match(name);
        if (!match.Success)
        {
            return null;
        }

        var (command, index) = (match.Groups[1].Value, int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
        var option = present.GetValueOrDefault($"{command}/argument[{index - 1}]");
        return option is ['-', _, ..] && old.GetValueOrDefault($"{command}/argument[{index - 1}]") == option
            ? $"{option} of {present[command]}:"
            : $"argument {index + 1} of {present.GetValueOrDefault(command)}:";
    }

    private static string Say(string subject, string? before, string? now)
    {
        return (before, now) switch
        {
            (null, _) => $"{subject.TrimEnd(':')} is new",
            (_, null) => $"{subject.TrimEnd(':')} is gone",
            _ when IsDigest(before) || IsDigest(now) => $"{subject.TrimEnd(':')} changed",
            _ => $"{subject} {before} → {now}",
        };
    }

    private static string Subject(string name)
    {
        var parts = name.Split('/', 2);
        var rest = parts.Length > 1 ? parts[1] : string.Empty;
        return parts[0] switch
        {
            "template" when rest.Contains('/', StringComparison.Ordinal) => $"{rest[(rest.LastIndexOf('/') + 1)..]} in {rest[..rest.LastIndexOf('/')]}:",
            "template" => rest,
            "parameter" or "argument" => $"{rest}:",
            "environment" => $"environment variable {rest}:",
            "tool" => $"tool {rest.Replace("/", ", ", StringComparison.Ordinal)}:",
            "site" => $"{rest}:",
            "input" => $"input {rest}",
            "output" when rest.EndsWith("/optional", StringComparison.Ordinal) => $"'optional' of output {rest[..^"/optional".Length]}",
            "output" when rest.EndsWith("/files", StringComparison.Ordinal) => $"pattern of output {rest[..^"/files".Length]}:",
            "output" => $"declaration of output {rest}:",
            "code" when rest.StartsWith("package ", StringComparison.Ordinal) => $"{rest}:",
            "code" when rest == "runtime" => ".NET runtime:",
            "code" when rest.Length > 0 => $"code of {MemberName(rest)}",
            "code" => "the function's code",
            "secret" when rest.EndsWith("/version", StringComparison.Ordinal) => $"version of the secret in {rest[..^"/version".Length]}:",
            "secret" => $"secret in {rest}:",
            KeyEncoder.AlwaysComponent => "'Always'",
            "encoding" => "the key's encoding",
            _ => StreamOf(parts[0], rest) ?? $"{name}:",
        };
    }

    private static string? StreamOf(string command, string part) => part switch
    {
        "stdin" or "stdin-file" => $"standard input of {command}:",
        "stdout" => $"standard output of {command}:",
        "stderr" => $"standard error of {command}:",
        "through" => $"what starts {command}:",
        _ => null,
    };

    /// <summary>Of <c>method [Assembly]Namespace.Type.Method(parameters) : result</c> what a person calls it.</summary>
    private static string MemberName(string component)
    {
        var name = component[(component.IndexOf(']', StringComparison.Ordinal) + 1)..];
        var end = name.IndexOf('(', StringComparison.Ordinal);
        return end < 0 ? name : name[..end];
    }

    private static bool IsDigest(string value) => Digest.TryParse(value, out _) || value.Contains('\n', StringComparison.Ordinal);

    [GeneratedRegex(@"^(command\[\d+\])/argument\[(\d+)\]$", RegexOptions.CultureInvariant)]
    private static partial Regex Argument();
}
