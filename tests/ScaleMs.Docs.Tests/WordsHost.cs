using System.Diagnostics;

namespace ScaleMs.Docs.Tests;

/// <summary>Starts the host of a small workflow as a user would.</summary>
internal static class WordsHost
{
    public static (int Code, string Output, string Errors) Run(string workspace, params string[] arguments) => RunProgram("Words.dll", workspace, arguments);

    public static (int Code, string Output, string Errors) RunWith(KeyValuePair<string, string>[] variables, string workspace, params string[] arguments) =>
        RunProgram("Words.dll", workspace, variables, arguments);

    public static (int Code, string Output, string Errors) RunProgram(string program, string workspace, params string[] arguments) => RunProgram(program, workspace, [], arguments);

    private static (int Code, string Output, string Errors) RunProgram(string program, string workspace, KeyValuePair<string, string>[] variables, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments])
        {
            WorkingDirectory = workspace,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
