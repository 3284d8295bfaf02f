using System.Diagnostics;
using System.Globalization;

namespace ScaleMs.Ssh.Tests;

/// <summary>Processes of this machine, as <c>/proc</c> tells them.</summary>
internal static class Processes
{
    internal static IReadOnlyList<int> All => [.. Directory.GetDirectories("/proc").Select(path => int.TryParse(Path.GetFileName(path), out var id) ? id : 0).Where(id => id > 1)];

    /// <summary>The living ones whose words begin so.</summary>
    internal static IReadOnlyList<int> Running(params string[] words) => [.. All.Where(id => (CommandOf(id) + '\0').StartsWith(string.Concat(words.Select(word => word + '\0')), StringComparison.Ordinal))];

    /// <summary>Some processes and all that descend from them, this one left out.</summary>
    internal static IReadOnlyList<int> WithDescendants(IEnumerable<int> some)
    {
        var parents = All.ToDictionary(id => id, ParentOf);
        var members = some.ToHashSet();
        for (var before = -1; before != members.Count;)
        {
            before = members.Count;
            members.UnionWith(parents.Where(process => members.Contains(process.Value)).Select(process => process.Key));
        }

        members.Remove(Environment.ProcessId);
        return [.. members];
    }

    /// <summary>The other children of its parent, which has not ended.</summary>
    internal static IReadOnlyList<int> Beside(int id)
    {
        var parent = ParentOf(id);
        Assert.True(parent > 1, "the process, or its parent, has ended");
        return [.. All.Where(other => other != id && ParentOf(other) == parent)];
    }

    /// <summary>Signals processes; some may have ended meanwhile.</summary>
    internal static void Signal(string signal, IEnumerable<int> some)
    {
        string[] ids = [.. some.Select(id => id.ToString(CultureInfo.InvariantCulture))];
        using var kill = Process.Start(new ProcessStartInfo("kill", ["-s", signal, .. ids]) { RedirectStandardError = true })!;
        kill.WaitForExit();
    }

    /// <summary>Its words, each ended by NUL; empty for one that is gone or a zombie.</summary>
    internal static string CommandOf(int id) => TextOf(id, "cmdline");

    internal static string[] EnvironmentOf(int id) => TextOf(id, "environ").Split('\0');

    internal static int ParentOf(int id) => TextOf(id, "stat") is { Length: > 0 } text ? int.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture) : 0;

    private static string TextOf(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}
