using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Sites;

/// <summary>This machine: its facts, its tools, and the environment that commands get from it.</summary>
internal sealed class Site(IDisk disk, ToolProbe probe, CallerEnvironment environment) : ISite
{
    private readonly ConcurrentDictionary<string, ToolAnswer> _tools = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<SiteFact, string> _facts = new();

    /// <summary>Most steps share the very object that describes their tool; comparing its names for each would be most of the work.</summary>
    private readonly ConcurrentDictionary<Tool, ToolAnswer> _byObject = new(ReferenceEqualityComparer.Instance);

    /// <summary>Forgets the tools: a plain task may have made or replaced them.</summary>
    public void OpenEpoch()
    {
        _tools.Clear();
        _byObject.Clear();
    }

    /// <summary>Finds a tool and its fingerprint.</summary>
    public ToolAnswer Find(Tool tool) => _byObject.TryGetValue(tool, out var known) ? known : _byObject[tool] = _tools.GetOrAdd(QuestionOf(tool), _ => probe.Ask(tool));

    /// <summary>Forgets a tool whose files are others by now.</summary>
    public void Recheck(Tool tool)
    {
        if (Find(tool).Files.Any(file => disk.Stat(file.Key) != file.Value))
        {
            _tools.TryRemove(QuestionOf(tool), out _);
            _byObject.TryRemove(tool, out _);
        }
    }

    public string Fact(SiteFact fact) => _facts.GetOrAdd(fact, Read);

    /// <summary>The whole environment of a step's commands.</summary>
    public Dictionary<string, string> EnvironmentOf(StepInstance step) => environment.For(step);

    private static string QuestionOf(Tool tool) => tool.Name + "\n" + string.Join('\n', tool.Candidates);

    private string Read(SiteFact fact) => fact switch
    {
        SiteFact.OperatingSystem => OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "osx" : "linux",
        SiteFact.Architecture => RuntimeInformation.OSArchitecture.ToString().ToUpperInvariant(),
        SiteFact.CLibrary => CLibrary.Version,
        SiteFact.ProcessorModel => ProcessorModel(),
        _ => throw new InvalidOperationException($"Unknown site fact {fact}."),
    };

    private string ProcessorModel()
    {
        const string info = "/proc/cpuinfo";
        var line = disk.Stat(info) is null ? null : disk.ReadText(info).Split('\n').FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal));
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
