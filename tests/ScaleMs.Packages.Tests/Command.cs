using System.Diagnostics;

namespace ScaleMs.Packages.Tests;

/// <summary>How a program ended.</summary>
internal sealed record Command(string Line, int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public string All => Output + Errors;

    /// <summary>Runs a program to its end; one that hangs is killed with its children.</summary>
    public static async Task<Command> Run(string folder, IReadOnlyDictionary<string, string?> environment, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        using var killing = limit.Token.Register(() => process.Kill(entireProcessTree: true));
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Command($"{program} {string.Join(' ', arguments)}", process.ExitCode, output, await errors);
    }

    public Command Succeeded()
    {
        Assert.True(ExitCode == 0, $"{Line} ended with {ExitCode}:\n{All}");
        return this;
    }
}
