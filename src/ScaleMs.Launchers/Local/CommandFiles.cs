using System.Text;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Native;

namespace ScaleMs.Launchers.Local;

/// <summary>The files that a command's standard streams need before it starts.</summary>
/// <remarks>
/// The text of standard input goes through a file beside the log: nothing has to be pumped, and a command that ends without reading it
/// disturbs nobody. The file is removed as soon as the command has started; what has it open keeps it.
/// </remarks>
internal sealed class CommandFiles : IDisposable
{
    private const string NoInput = "/dev/null";

    private readonly bool _isOurs;

    private CommandFiles(string input, bool isOurs = false) => (Input, _isOurs) = (input, isOurs);

    /// <summary>The file to be opened as standard input.</summary>
    internal string Input { get; }

    internal static CommandFiles Prepare(LaunchRequest request, LaunchCommand command)
    {
        CreateParent(request.LogFile);
        CreateParent(command.StandardOutput);
        CreateParent(command.StandardError);
        if (string.IsNullOrEmpty(command.StandardInput))
        {
            return new CommandFiles(command.StandardInputFile ?? NoInput);
        }

        var input = request.LogFile + ".stdin";
        FreshFile.Write(input, Encoding.UTF8.GetBytes(command.StandardInput));
        return new CommandFiles(input, isOurs: true);
    }

    public void Dispose()
    {
        if (_isOurs)
        {
            File.Delete(Input);
        }
    }

    private static void CreateParent(string? file)
    {
        // Nearly always it is there, and to look does not keep others from making files beside it.
        if (Path.GetDirectoryName(file) is { Length: > 0 } directory && !Directory.Exists(directory))
        {
            Directory.CreateDirectory(directory);
        }
    }
}
