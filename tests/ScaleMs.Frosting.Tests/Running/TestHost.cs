using System.Diagnostics;

namespace ScaleMs.Frosting.Tests.Running;

/// <summary>The host program in an empty folder of its own, started there as users start theirs.</summary>
internal sealed class TestHost : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("scalems-frosting-");

    public TestHost() => Directory.CreateDirectory(Workspace);

    public string Workspace => Path.Combine(_folder.FullName, "workspace");

    /// <summary>Runs once in a folder that goes again.</summary>
    public static HostRun RunOnce(string engine, string features, params string[] arguments)
    {
        using var host = new TestHost();
        return host.Run(engine, features, arguments);
    }

    public HostRun Run(string engine, string features, params string[] arguments) => Run(engine, features, [], arguments);

    public HostRun Run(string engine, string features, (string Name, string Value)[] variables, params string[] arguments)
    {
        var told = Path.Combine(_folder.FullName, "told");
        File.Delete(told);
        using var process = Process.Start(StartOf($"{features} {engine}", told, variables, arguments))!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new HostRun(process.ExitCode, output + errors.Result, File.Exists(told) ? File.ReadAllLines(told) : []);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private ProcessStartInfo StartOf(string features, string told, (string Name, string Value)[] variables, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ScaleMs.Frosting.Host.dll"), .. arguments])
        {
            WorkingDirectory = Workspace,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOST_FEATURES"] = features;
        start.Environment["HOST_TOLD"] = told;
        start.Environment["NO_COLOR"] = "1";
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
