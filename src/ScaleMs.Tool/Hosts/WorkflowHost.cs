using System.Diagnostics;

namespace ScaleMs.Tool.Hosts;

/// <summary>The program that defines a workspace's workflow: the tool does not, so it starts that one.</summary>
/// <param name="Command">The program and what comes before the host's own arguments.</param>
internal sealed record WorkflowHost(IReadOnlyList<string> Command)
{
    /// <summary>What to say where no host is found.</summary>
    public const string Advice = "name the program that defines the workflow with --host: a project, a .dll, a script for dotnet cake, or a program";

    /// <summary>Finds the host.</summary>
    /// <param name="given">What the user named, relative to the current folder; null to look in the workspace.</param>
    /// <param name="workspace">The workspace's folder.</param>
    /// <returns>The host; null when there is none, or more than one.</returns>
    public static WorkflowHost? Find(string? given, string workspace) => given is null ? In(workspace) : Of(Path.GetFullPath(given));

    /// <summary>Starts the host in the workspace and waits for its end.</summary>
    /// <param name="workspace">The workspace's folder.</param>
    /// <param name="arguments">The host's arguments.</param>
    /// <param name="output">Takes what it prints.</param>
    /// <param name="error">Takes what it says is wrong.</param>
    /// <returns>Its exit code.</returns>
    public int Run(string workspace, IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(Command[0], [.. Command.Skip(1), .. arguments])
            {
                WorkingDirectory = workspace,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.OutputDataReceived += (_, line) => Pass(line.Data, output);
        process.ErrorDataReceived += (_, line) => Pass(line.Data, error);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        return process.ExitCode;
    }

    private static void Pass(string? line, TextWriter writer)
    {
        if (line is not null)
        {
            lock (writer)
            {
                writer.WriteLine(line);
            }
        }
    }

    /// <summary>The first of these that a workspace has: its build script, its Cake script, its only project.</summary>
    private static WorkflowHost? In(string workspace)
    {
        var script = Path.Combine(workspace, OperatingSystem.IsWindows() ? "build.ps1" : "build.sh");
        var projects = Directory.Exists(workspace) ? Directory.GetFiles(workspace, "*.csproj") : [];
        return File.Exists(script) ? Of(script)
            : File.Exists(Path.Combine(workspace, "build.cake")) ? Of(Path.Combine(workspace, "build.cake"))
            : projects.Length == 1 ? Of(projects[0])
            : null;
    }

    private static WorkflowHost? Of(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        _ when Directory.Exists(path) => new(["dotnet", "run", "--project", path, "--"]),
        _ when !File.Exists(path) => null,
        ".csproj" => new(["dotnet", "run", "--project", path, "--"]),
        ".dll" => new(["dotnet", path]),
        ".cake" => new(["dotnet", "cake", path]),
        ".ps1" => new(["pwsh", path]),
        _ => new([path]),
    };
}
