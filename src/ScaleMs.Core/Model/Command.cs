namespace ScaleMs.Core.Model;

/// <summary>One command: an argument vector, never a shell string.</summary>
/// <param name="Program">The name of a declared tool, or <c>./name</c> for a declared input.</param>
/// <param name="Arguments">The arguments, each as the program will see it.</param>
/// <param name="StandardInput">The text on standard input, UTF-8; null for an empty one.</param>
/// <param name="StandardOutput">A file in the private directory that takes standard output; null for the step's log.</param>
public sealed record Command(string Program, IReadOnlyList<string> Arguments, string? StandardInput = null, ArtifactPath? StandardOutput = null)
{
    private readonly CommandTraits _traits = StandardInput is null ? CommandTraits.None : new CommandTraits { StandardInput = StandardInput };

    /// <summary>The text on standard input, UTF-8; null for an empty one.</summary>
    public string? StandardInput
    {
        get => _traits.StandardInput;
        init => _traits = value == _traits.StandardInput ? _traits : _traits with { StandardInput = value };
    }

    /// <summary>A file in the private directory that takes standard error; null for the step's log.</summary>
    public ArtifactPath? StandardError
    {
        get => _traits.StandardError;
        init => _traits = value == _traits.StandardError ? _traits : _traits with { StandardError = value };
    }

    /// <summary>A declared input or template that is read as standard input, instead of a text; null for none.</summary>
    public ArtifactPath? StandardInputFile
    {
        get => _traits.StandardInputFile;
        init => _traits = value == _traits.StandardInputFile ? _traits : _traits with { StandardInputFile = value };
    }

    /// <summary>What starts the program, such as <c>mpirun -np 2</c>: it gets its own arguments, and then the command; null for nothing else.</summary>
    public Starter? Through
    {
        get => _traits.Through;
        init => _traits = value == _traits.Through ? _traits : _traits with { Through = value };
    }

    /// <summary>The programs that it names.</summary>
    public IEnumerable<string> Programs => Through is null ? [Program] : [Through.Program, Program];

    /// <summary>Its arguments, and those of what starts it.</summary>
    public IEnumerable<string> AllArguments => Through is null ? Arguments : Through.Arguments.Concat(Arguments);

    /// <summary>The command as one line for people, quoted where needed.</summary>
    public string Display => (Through is null ? string.Empty : Through.Display + " ") + Line(Program, Arguments);

    internal static string Line(string program, IReadOnlyList<string> arguments) => string.Join(' ', arguments.Prepend(program).Select(Quote));

    private static string Quote(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "-_./=:,+@%".Contains(c, StringComparison.Ordinal)) ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}

/// <summary>A program that starts another one.</summary>
/// <param name="Program">The name of a declared tool, or <c>./name</c> for a declared input.</param>
/// <param name="Arguments">Its arguments before the command that it starts.</param>
public sealed record Starter(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>As one line, quoted where needed: two that differ have different lines.</summary>
    public string Display => Command.Line(Program, Arguments);
}
