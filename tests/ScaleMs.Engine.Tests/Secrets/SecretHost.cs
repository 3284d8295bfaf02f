using System.Diagnostics;
using System.Text;
using ScaleMs.Core.Secrets;
using ScaleMs.Engine.Tests.NullRuns;
using Xunit;

namespace ScaleMs.Engine.Tests.Secrets;

/// <summary>A real host whose steps print, copy and throw their secrets, and a search of everything that it may have left.</summary>
internal sealed class SecretHost : IDisposable
{
    private const string Source = """
        return ScaleMsHost.Run(args, () => new CakeHost().UseContext<Md>());

        public sealed class Md : ScaleMsContext
        {
            public Md(ICakeContext context) : base(context, home: "")
            {
                Mode = Parameters.Choice("mode", "good", ["good", "fail", "leak", "wait", "throw"]);
                Token = Secret("api-token", fromEnvironment: "API_TOKEN", version: "2025");
                Licence = Secret("licence", fromFile: "licence.txt");
            }
            public string Mode { get; }
            public Secret Token { get; }
            public Secret Licence { get; }
        }

        [TaskName("Default")] public sealed class DefaultTask : StepTask<Md>
        {
            private const string Script = "echo $TOKEN; cat conf/licence; printf %s $TOKEN | base64; echo $TOKEN > scratch; cp conf/licence copied; " +
                "case $MODE in fail) exit 1;; leak) cat conf/licence > out; exit 0;; wait) touch $HERE/started; while [ ! -e $HERE/go ]; do sleep 0.05; done;; esac; echo done > out";

            public override void Define(StepBuilder steps, Md md)
            {
                steps.Step("use").Tool("sh").Run("sh", "-c", Script).Secret("TOKEN", md.Token).SecretFile("conf/licence", md.Licence)
                    .Environment("MODE", md.Mode).Environment("HERE", md.Workspace).Output("out", publish: "out.txt");
                steps.Step("call").Call(Calls.Use, md.Token, md.Licence, md.Mode == "throw", OutputFile.Named("length", publish: "length.txt"));
            }
        }

        public static class Calls
        {
            public static void Use(Secret token, Secret licence, bool throws, OutputFile output)
            {
                Console.WriteLine(token.Reveal() + " " + licence.Reveal());
                File.WriteAllText("scratch", licence.Reveal());
                if (throws) { throw new InvalidOperationException(token.Reveal()); }
                output.WriteText((token.Reveal().Length + licence.Reveal().Length).ToString());
            }
        }
        """;

    private static readonly Store.Disk.PhysicalDisk s_disk = new();

    private readonly StudyHost _host = new(Source);
    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory("scalems-leak-");
    private readonly DirectoryInfo _session = Directory.CreateDirectory($"/dev/shm/scalems-leak-{Guid.NewGuid():N}");
    private readonly DateTime _start = DateTime.UtcNow.AddSeconds(-2);
    private readonly StringBuilder _shown = new();

    public SecretHost()
    {
        (Token, Licence) = ($"tok-{Guid.NewGuid():N}", $"lic-{Guid.NewGuid():N}");
        _host.Write("licence.txt", Licence + "\n");
        Patterns = SecretPatterns.Of([Encoding.UTF8.GetBytes(Token), Encoding.UTF8.GetBytes(Licence)]);
    }

    public string Token { get; }

    public string Licence { get; }

    public SecretPatterns Patterns { get; }

    public string PathOf(string name) => _host.PathOf(name);

    public void Write(string name, string text) => _host.Write(name, text);

    public void Settle() => _host.Settle(Variables());

    public bool IsToldWithoutSecrets() => _host.IsTold([.. Variables().Where(variable => variable.Name != "API_TOKEN")]);

    /// <summary>Runs the host; what it shows is kept to be searched.</summary>
    public (int Code, string Output) Run(params string[] arguments)
    {
        var run = _host.Run(Variables(), arguments);
        _shown.Append(run.Output);
        return run;
    }

    /// <summary>Starts the host and leaves it running.</summary>
    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(_host.Program, "Host.dll"), .. arguments]) { WorkingDirectory = _host.Workspace, RedirectStandardOutput = true };
        foreach (var (name, value) in Variables())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Files that hold a value, anywhere a run may write, besides the one that the user keeps it in.</summary>
    public List<string> Leaks() =>
    [
        .. Search(Path.GetDirectoryName(_host.Workspace)!).Concat(Search(_temporary.FullName)).Concat(Search("/dev/shm")).Concat(NewIn(Path.GetTempPath())).Distinct(),
        .. Patterns.AreIn(Encoding.UTF8.GetBytes(_shown.ToString())) ? [_shown.ToString()] : Array.Empty<string>(),
    ];

    public void Dispose()
    {
        _host.Dispose();
        _temporary.Delete(recursive: true);
        _session.Delete(recursive: true);
    }

    private (string Name, string? Value)[] Variables() =>
    [
        ("API_TOKEN", Token), ("TMPDIR", _temporary.FullName), ("HOME", _temporary.FullName), ("XDG_RUNTIME_DIR", _session.FullName),
        ("XDG_CACHE_HOME", _temporary.FullName), ("XDG_STATE_HOME", _temporary.FullName), ("DOTNET_CLI_HOME", _temporary.FullName),
    ];

    /// <summary>Files that were written since this test began; other tests' files come and go meanwhile.</summary>
    private IEnumerable<string> Search(string directory)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
        return Directory.EnumerateFiles(directory, "*", options).Where(file => File.GetLastWriteTimeUtc(file) >= _start && Path.GetFileName(file) != "licence.txt" && Holds(file));
    }

    /// <summary>A host would make files there under names of its own; what others keep there is not walked through.</summary>
    private IEnumerable<string> NewIn(string directory) => Directory.EnumerateFiles(directory).Where(file => File.GetLastWriteTimeUtc(file) >= _start && Holds(file))
        .Concat(Directory.EnumerateDirectories(directory).Where(folder => Directory.GetCreationTimeUtc(folder) >= _start).SelectMany(Search));

    private bool Holds(string file)
    {
        try
        {
            // Reading a pipe of somebody else's would wait for ever.
            return s_disk.Stat(file, followLinks: false) is { IsFile: true, Length: < 1 << 26 } && Patterns.AreIn(File.ReadAllBytes(file));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
