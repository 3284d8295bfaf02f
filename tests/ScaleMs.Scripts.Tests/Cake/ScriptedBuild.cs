using System.Diagnostics;
using System.Text.Json;

namespace ScaleMs.Scripts.Tests.Cake;

/// <summary>A folder with a build.cake, which `dotnet cake` runs.</summary>
/// <param name="folder">The folder.</param>
public sealed class ScriptedBuild(string folder)
{
    /// <summary>The folder.</summary>
    public string Folder => folder;

    /// <summary>The text of a file.</summary>
    public string this[string path]
    {
        get => File.ReadAllText(Path.Combine(folder, path));
        set => File.WriteAllText(Path.Combine(folder, path), value);
    }

    /// <summary>Puts one text in the place of another.</summary>
    public void Edit(string path, string before, string after)
    {
        if (!this[path].Contains(before, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"'{before}' is not in {path}.");
        }

        this[path] = this[path].Replace(before, after, StringComparison.Ordinal);
    }

    /// <summary>Runs the script.</summary>
    public CakeRunResult Run(params string[] arguments)
    {
        var summary = Path.Combine(folder, "summary.json");
        File.Delete(summary);
        var start = new ProcessStartInfo(CakeCheckout.Cake.FileName, [.. CakeCheckout.Cake.ArgumentList, .. arguments, $"--summary={summary}"])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["NO_COLOR"] = "1";
        var ended = Checkout.Finish(Process.Start(start)!);
        return new CakeRunResult(ended.ExitCode, ended.Output + ended.Errors, File.Exists(summary) ? Executed(summary) : null);
    }

    private static string Executed(string summary)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(summary));
        var steps = document.RootElement.GetProperty("steps").EnumerateArray().Where(step => step.GetProperty("outcome").GetString() == "Executed");
        return string.Join(' ', steps.Select(step => step.GetProperty("id").GetString()).Order(StringComparer.Ordinal));
    }
}

/// <summary>How a run ended.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Text">What was written, to both outputs.</param>
/// <param name="Executed">The ids of the steps that were executed; null when the run wrote no summary.</param>
public sealed record CakeRunResult(int ExitCode, string Text, string? Executed);
