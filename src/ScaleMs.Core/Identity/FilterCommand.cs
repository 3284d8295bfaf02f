namespace ScaleMs.Core.Identity;

/// <summary>A command that reads a file that a step made: what it prints on standard output is what counts of the file.</summary>
/// <remarks>
/// An argument vector, never a shell string. It runs where the step ran, with the environment of the step, in a directory of its own that holds nothing but the file under its own name.
/// Where no argument is <see cref="File"/>, the file is its standard input. It must print the same whenever it reads the same. Immutable.
/// </remarks>
public sealed class FilterCommand
{
    /// <summary>The argument in whose place the name of the file comes.</summary>
    public const string File = "@file@";

    /// <summary>Describes the command.</summary>
    /// <param name="program">The name of a tool that the step declares, or of a program on the PATH, such as a POSIX utility, which is then known by its bytes.</param>
    /// <param name="arguments">The arguments, each as the program will see it; <see cref="File"/> for the name of the file.</param>
    /// <exception cref="ArgumentException"><paramref name="program"/> is empty, or names a file of the step.</exception>
    public FilterCommand(string program, params string[] arguments)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(program);
        ArgumentNullException.ThrowIfNull(arguments);
        if (program.StartsWith('.') || program.StartsWith('/'))
        {
            throw new ArgumentException("A filter is a tool by its name; declare one with its path by Tool(…).", nameof(program));
        }

        (Program, Arguments) = (program, [.. arguments]);
        Name = $"filter({string.Join(',', arguments.Prepend(program).Select(QuotedText.Of))})";
    }

    /// <summary>The name of the tool.</summary>
    public string Program { get; }

    /// <summary>The arguments.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>The name under which the rule enters keys.</summary>
    public string Name { get; }

    /// <summary>Whether the file is named in an argument; else it is standard input.</summary>
    public bool NamesFile => Arguments.Contains(File, StringComparer.Ordinal);

    /// <summary>The arguments for a file.</summary>
    /// <param name="file">The name of the file in the directory where the command runs.</param>
    /// <returns>The arguments as the program will see them.</returns>
    public IReadOnlyList<string> ArgumentsFor(string file) => [.. Arguments.Select(argument => argument == File ? file : argument)];
}
