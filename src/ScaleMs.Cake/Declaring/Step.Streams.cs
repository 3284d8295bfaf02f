using ScaleMs.Core.Model;

namespace ScaleMs;

/// <content>The standard streams of commands, and what starts them.</content>
public sealed partial class Step
{
    /// <summary>Gives the last command a text on standard input.</summary>
    /// <param name="text">The text, sent as UTF-8.</param>
    /// <returns>This step.</returns>
    public Step Answering(string text) => ChangeLastCommand(command => command with { StandardInput = text, StandardInputFile = null });

    /// <summary>Gives the last command a file on standard input.</summary>
    /// <param name="name">The name of a declared input or template of this step.</param>
    /// <returns>This step.</returns>
    public Step InputFrom(string name) => ChangeLastCommand(command => command with { StandardInput = null, StandardInputFile = Path(name) });

    /// <summary>Sends the last command's standard output to a file instead of the log.</summary>
    /// <param name="path">The file in the private directory; declare it as an output to keep it.</param>
    /// <returns>This step.</returns>
    public Step OutputTo(string path) => ChangeLastCommand(command => command with { StandardOutput = Path(path) });

    /// <summary>Sends the last command's standard error to a file instead of the log.</summary>
    /// <param name="path">The file in the private directory; with the one of <see cref="OutputTo"/> it takes both streams as they come.</param>
    /// <returns>This step.</returns>
    public Step ErrorTo(string path) => ChangeLastCommand(command => command with { StandardError = Path(path) });

    /// <summary>Starts the last command through another program, such as <c>mpirun</c>: it gets these arguments, and then the command with the place of its program.</summary>
    /// <param name="program">A declared tool's name, or <c>./name</c> for a declared input.</param>
    /// <param name="arguments">The arguments before the command.</param>
    /// <returns>This step.</returns>
    public Step Through(string program, params string[] arguments) => ChangeLastCommand(command => command with { Through = new Starter(program, arguments) });
}
