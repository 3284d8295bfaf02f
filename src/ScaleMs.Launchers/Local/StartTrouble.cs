using System.Runtime.InteropServices;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Native;

namespace ScaleMs.Launchers.Local;

/// <summary>The words for a command that did not start: the program, the cause, what to do.</summary>
internal static class StartTrouble
{
    private const int Executable = 1; // X_OK
    private const string GoneAdvice = "run the step again; do not clean the work directory during a run";
    private const string CrowdedAdvice = "the machine is out of processes or memory: run fewer steps at a time, or see 'ulimit -u'";
    private const string PermissionAdvice = "run 'chmod +x' on it; check that its disk is not mounted noexec";
    private const string FormatAdvice =
        "a script needs '#!' and its interpreter in the first line; a program must be built for this machine";

    /// <summary>Finds what no system call would tell apart, before anything is started.</summary>
    /// <returns>The message, or null when nothing speaks against the start.</returns>
    internal static string? Before(LaunchRequest request, LaunchCommand command)
    {
        var texts = command.Arguments.Append(command.Program).Concat(request.Environment.Values).Concat(request.Environment.Keys);
        return !Path.IsPathRooted(command.Program) ? Say(command, "its path is not absolute", "give the tool's absolute path")
            : texts.Any(text => text.Contains('\0', StringComparison.Ordinal))
            ? Say(command, "an argument or a variable holds a NUL character", "pass such bytes in a file")
            : request.Environment.Keys.Any(name => name.Length == 0 || name.Contains('=', StringComparison.Ordinal))
            ? Say(command, "a variable's name is empty or holds '='", "correct the step's environment")
            : null;
    }

    /// <summary>Explains the error number of a start.</summary>
    internal static string After(LaunchRequest request, LaunchCommand command, int error) =>
        !Directory.Exists(request.Directory) ? Say(command, $"the directory '{request.Directory}' is gone", GoneAdvice)
        : error switch
        {
            LibC.TooBig => Say(command, "its arguments and environment are longer than the system takes", "pass long lists in a file"),
            LibC.TryAgain or LibC.NoMemory => Say(command, Words(error), CrowdedAdvice),
            LibC.TextBusy => Say(command, "something still writes to it", "wait until the program's file is complete"),
            _ => OfProgram(command, error) ?? OfFiles(command, error),
        };

    /// <summary>Whether the cause of an error number may go away by itself: the machine is crowded, or somebody is writing the program.</summary>
    internal static bool MayPass(int error) => error is LibC.TryAgain or LibC.NoMemory or LibC.TextBusy;

    /// <summary>Explains a file that the host itself could not write for the command.</summary>
    internal static string Of(LaunchCommand command, Exception trouble) => Of(command, trouble.Message);

    /// <summary>The same, in the words of whoever could not.</summary>
    internal static string Of(LaunchCommand command, string trouble) =>
        Say(command, trouble.TrimEnd('.'), "check the directory's permissions and the space on its disk");

    private static string? OfProgram(LaunchCommand command, int error) =>
        Directory.Exists(command.Program) ? Say(command, "it is a directory", "give the path of the program in it")
        : !File.Exists(command.Program) ? Say(command, "there is no such file", "install the program, or correct the tool's path")
        : LibC.Access(command.Program, Executable) != 0 ? Say(command, "it is not executable", PermissionAdvice)
        : error == LibC.BadFormat ? Say(command, "the system cannot run this kind of file", FormatAdvice)
        : error is LibC.NoEntry or LibC.Denied ? OfInterpreter(command)
        : null;

    private static string? OfInterpreter(LaunchCommand command)
    {
        var line = FirstLine(command.Program);
        if (!line.StartsWith("#!", StringComparison.Ordinal))
        {
            return null;
        }

        var interpreter = line[2..].Trim(' ', '\t').Split(' ', '\t')[0];
        return interpreter.EndsWith('\r')
            ? Say(command, "its first line ends with a carriage return", "save the script with LF line ends")
            : LibC.Access(interpreter, Executable) == 0 ? null
            : Say(
                command,
                $"its interpreter '{interpreter}' is missing or not executable",
                "install it, or correct the script's first line");
    }

    private static string OfFiles(LaunchCommand command, int error) => error == LibC.NoEntry && command is { StandardOutput: null, StandardError: null, StandardInputFile: null }
        ? Say(command, "its dynamic loader is missing", "install it; the program may be built for another system")
        : Say(command, Words(error), "check the permissions of the program, its directory and the files of its standard streams");

    private static string FirstLine(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var bytes = new byte[256];
            var text = System.Text.Encoding.UTF8.GetString(bytes, 0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
            return text.Split('\n')[0];
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return string.Empty; // executable but not readable: there is nothing more to tell
        }
    }

    private static string Words(int error) => Marshal.GetPInvokeErrorMessage(error);

    private static string Say(LaunchCommand command, string cause, string advice) =>
        $"'{command.Program}' could not be started: {cause}; {advice}";
}
