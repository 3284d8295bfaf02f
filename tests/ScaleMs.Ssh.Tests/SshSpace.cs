using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;

namespace ScaleMs.Ssh.Tests;

/// <summary>A work directory with attempts in it, removed at the end.</summary>
public sealed class SshSpace : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly bool _isKept;
    private int _count;

    public SshSpace()
        : this(Directory.CreateTempSubdirectory("scalems 'ssh' ").FullName, isKept: false)
    {
    }

    private SshSpace(string root, bool isKept) => (Root, _isKept) = (root, isKept);

    public string Root { get; }

    /// <summary>What listeners were told so far.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    public static SshSpace At(string root) => new(root, isKept: true);

    public static LaunchCommand Shell(string script, params string[] arguments) => new("/bin/sh", ["-c", script, "sh", .. arguments], null, null);

    /// <summary>An attempt of its own directory.</summary>
    public LaunchRequest Request(string script, params string[] outputs) => Request([Shell(script)], outputs);

    public LaunchRequest Request(IReadOnlyList<LaunchCommand> commands, params string[] outputs) => RequestIn($"attempt {Interlocked.Increment(ref _count)}", commands, outputs);

    public LaunchRequest RequestIn(string name, IReadOnlyList<LaunchCommand> commands, params string[] outputs)
    {
        var root = Path.Combine(Root, name);
        return new LaunchRequest
        {
            Step = new StepId("task", "step"),
            Key = "k" + name,
            Directory = Directory.CreateDirectory(Path.Combine(root, "files")).FullName,
            Commands = commands,
            Environment = new Dictionary<string, string> { ["LC_ALL"] = "C" },
            Outputs = [.. outputs.Select(path => new LaunchOutput(ArtifactPath.Parse(path.TrimEnd('/')), path.EndsWith('/')))],
            LogFile = Path.Combine(root, "log"),
            Grace = TimeSpan.FromSeconds(5),
        };
    }

    /// <summary>Seconds that no other process sleeps.</summary>
    public string OwnTime() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"600.{Random.Shared.NextInt64(1_000_000_000, 9_000_000_000)}");

    public void Hear(string line)
    {
        lock (_lock)
        {
            _lines.Add(line);
        }
    }

    public void Dispose()
    {
        while (!_isKept && Directory.Exists(Root))
        {
            try
            {
                Directory.Delete(Root, recursive: true);
            }
            catch (IOException)
            {
                // A wrapper tidies up behind itself.
            }
        }
    }
}
