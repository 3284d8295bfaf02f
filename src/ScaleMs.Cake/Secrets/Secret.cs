using System.Diagnostics;
using System.Text.Json.Serialization;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <summary>A value that is never printed, logged, stored or put into a key: a token, a password, a licence.</summary>
/// <remarks>
/// In a definition it only says where the value is; nobody reads it there. A step gets it when it is launched, by
/// <see cref="Step.Secret"/> or <see cref="Step.SecretFile"/>, or as an argument of a function step. In keys, plans and explanations stand
/// its name and its version.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
[JsonConverter(typeof(SecretJson))]
public sealed class Secret
{
    /// <summary>With what the texts begin that stand for secrets.</summary>
    internal const string TextStart = "(secret ";

    /// <summary>Begins the variables that give secrets to function steps.</summary>
    internal const string VariablePrefix = "SCALEMS_SECRET_";

    private readonly bool _isGiven;

    internal Secret(string name, string version, SecretSource source)
    {
        (Name, Version, Source) = (name, version, source);
        IsInUse = true;
    }

    private Secret(string name) => (Name, _isGiven) = (name, true);

    /// <summary>The name, as keys, plans and messages tell it.</summary>
    public string Name { get; }

    /// <summary>What the author says of the value; another version makes the steps run again. Empty inside a function.</summary>
    public string Version { get; } = string.Empty;

    /// <summary>Whether this program has any secrets: otherwise no text needs to be searched for them.</summary>
    internal static bool IsInUse { get; private set; }

    /// <summary>Where the value is; null inside a function.</summary>
    internal SecretSource? Source { get; }

    /// <summary>The variable that gives it to a function.</summary>
    internal string Variable => VariablePrefix + string.Concat(Name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_'));

    /// <summary>The value, inside the function step that was given this secret.</summary>
    /// <returns>The value as text.</returns>
    /// <exception cref="InvalidOperationException">Called anywhere else, where there is no value.</exception>
    public string Reveal() => _isGiven && Environment.GetEnvironmentVariable(Variable) is { } value
        ? value
        : throw new InvalidOperationException($"The secret '{Name}' has a value only inside a function step that it is given to, in a process of its own.");

    /// <summary>Says which secret it is.</summary>
    /// <returns>Such as <c>(secret api-token)</c>; never the value.</returns>
    public override string ToString() => $"{TextStart}{Name})";

    internal static Secret Given(string name) => new(name);
}
