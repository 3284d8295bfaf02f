namespace ScaleMs;

/// <content>The standard streams of commands.</content>
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
}
