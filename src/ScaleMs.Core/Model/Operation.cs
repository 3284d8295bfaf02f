namespace ScaleMs.Core.Model;

/// <summary>What a step instance does: run commands, or call a C# function.</summary>
public abstract record Operation
{
    private Operation()
    {
    }

    /// <summary>Commands run one after another in the private directory; the first that fails ends the step.</summary>
    /// <param name="List">At least one command.</param>
    public sealed record Commands(IReadOnlyList<Command> List) : Operation;

    /// <summary>A static C# method.</summary>
    /// <param name="Name">Namespace, type and method, for people: <c>Simulate.Tables.Merge</c>.</param>
    /// <param name="Signature">Assembly name, type, method and parameter types: what finds the method again.</param>
    /// <param name="CodeDigest">Digest of the IL that the method reaches in user assemblies, in hex.</param>
    /// <param name="Code">The parts of that digest by name, so that an explanation can name the callee that changed.</param>
    /// <param name="Arguments">The values of the parameters that are not files, as JSON by parameter name.</param>
    public sealed record Function(
        string Name,
        string Signature,
        string CodeDigest,
        IReadOnlyList<KeyValuePair<string, string>> Code,
        IReadOnlyList<KeyValuePair<string, string>> Arguments) : Operation
    {
        /// <summary>Which process calls it; not in the key.</summary>
        public CallPlace Place { get; init; }

        /// <summary>The user assemblies that were read for <see cref="CodeDigest"/>, with the ids of their builds; not in the key.</summary>
        public IReadOnlyList<KeyValuePair<string, string>> Builds { get; init; } = [];
    }
}

/// <summary>One command: an argument vector, never a shell string.</summary>
/// <param name="Program">The name of a declared tool, or <c>./name</c> for a declared input.</param>
/// <param name="Arguments">The arguments, each as the program will see it.</param>
/// <param name="StandardInput">The text on standard input, UTF-8; null for an empty one.</param>
/// <param name="StandardOutput">A file in the private directory that takes standard output; null for the step's log.</param>
public sealed record Command(string Program, IReadOnlyList<string> Arguments, string? StandardInput = null, ArtifactPath? StandardOutput = null)
{
    /// <summary>A file in the private directory that takes standard error; null for the step's log.</summary>
    public ArtifactPath? StandardError { get; init; }

    /// <summary>A declared input or template that is read as standard input, instead of a text; null for none.</summary>
    public ArtifactPath? StandardInputFile { get; init; }

    /// <summary>What starts the program, such as <c>mpirun -np 2</c>: it gets its own arguments, and then the command; null for nothing else.</summary>
    public Starter? Through { get; init; }

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
