using System.Diagnostics;

namespace ScaleMs.Tool.Tests;

/// <summary>The tool as users start it: a process of its own.</summary>
internal sealed record ToolProcess(int ExitCode, string Output, string Error)
{
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "scalems.dll");

    /// <summary>The last line, which sums up.</summary>
    public string Totals => Output.TrimEnd().Split('\n')[^1];

    public static ToolProcess Run(string workspace, params string[] args) => Run([], workspace, args);

    public static ToolProcess Run(IReadOnlyList<string> prefix, string workspace, params string[] args)
    {
        using var process = Start(prefix, workspace, args);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ToolProcess(process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    public static Process Start(IReadOnlyList<string> prefix, string workspace, params string[] args)
    {
        string[] command = [.. prefix, "dotnet", Assembly, .. args];
        return Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = workspace,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    /// <summary>Runs any program; whether it ended well.</summary>
    public static bool Succeeds(params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
