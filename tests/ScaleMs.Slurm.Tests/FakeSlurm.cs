using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Sites;
using ScaleMs.Launchers.Slurm;

namespace ScaleMs.Slurm.Tests;

/// <summary>Programs on the PATH that are named as Slurm's, write down how they were called, and answer what a test has put into files.</summary>
internal sealed class FakeSlurm : ISiteShell, IDisposable
{
    private const string Sbatch = """
        n=$(($(cat sbatch.count 2>/dev/null || echo 0) + 1)); echo $n > sbatch.count
        printf '%s\n' "$@" > sbatch.words.$n; cat > sbatch.script.$n
        for word; do case $word in --comment=*) echo "${word#*=}" > sbatch.comment.$n;; esac; done
        [ ! -e sbatch.errors.$n ] || { cat sbatch.errors.$n >&2; exit 1; }
        echo $((100 + n))
        """;

    private const string Squeue = """
        case "$*" in *'-t all'*) all=.all;; *) all=;; esac
        n=$(($(cat squeue.count 2>/dev/null || echo 0) + 1)); echo $n > squeue.count
        [ ! -e squeue.errors ] || { cat squeue.errors >&2; exit 1; }
        cat squeue.answer$all 2>/dev/null; exit 0
        """;

    private const string Sacct = "echo x >> sacct.count; cat sacct.answer 2>/dev/null || { echo 'Slurm accounting storage is disabled' >&2; exit 1; }";

    private const string Scancel = """printf '%s\n' "$@" >> scancel.words; echo x >> scancel.count""";

    private readonly LocalShell _shell = new();

    internal FakeSlurm()
    {
        foreach (var (name, text) in (KeyValuePair<string, string>[])[new("sbatch", Sbatch), new("squeue", Squeue), new("sacct", Sacct), new("scancel", Scancel)])
        {
            var file = Path.Combine(Folder, name);
            File.WriteAllText(file, $"#!/bin/sh\ncd '{Folder}'\n{text}\n");
            File.SetUnixFileMode(file, (UnixFileMode)0b111_000_000);
        }
    }

    internal string Folder { get; } = Directory.CreateTempSubdirectory("fs-").FullName;

    public string Name => "a made-up cluster";

    public Task<ShellAnswer> RunAsync(string script, string? input, CancellationToken cancellation) =>
        _shell.RunAsync($"PATH={ShellWord.Of(Folder)}:$PATH\n{script}", input, cancellation);

    internal int Calls(string program) => Read(program + ".count") is var text && program is "sbatch" or "squeue"
        ? int.TryParse(text.Trim(), out var count) ? count : 0
        : text.Count(letter => letter == 'x');

    internal string Read(string file) => File.Exists(Path.Combine(Folder, file)) ? File.ReadAllText(Path.Combine(Folder, file)) : string.Empty;

    internal bool Has(string file) => File.Exists(Path.Combine(Folder, file));

    /// <summary>Whole or not at all, as the programs may read it at any time.</summary>
    internal void Write(string file, string text)
    {
        var path = Path.Combine(Folder, file);
        File.WriteAllText(path + ".new", text);
        File.Move(path + ".new", path, overwrite: true);
    }

    internal void Remove(string file) => File.Delete(Path.Combine(Folder, file));

    /// <summary>A line of squeue.</summary>
    internal static string Line(string job, string state, string comment = "", string reason = "None") =>
        $"{job}|{job.Split('_')[0]}|{job.Split('_')[1]}|{state}|{comment}|n1|{reason}\n";

    internal SlurmSpace Space(Func<SlurmProfile, SlurmProfile>? change = null)
    {
        var space = new SlurmSpace(change: slurm => (change ?? (same => same))(slurm with { Poll = TimeSpan.FromSeconds(0.2), FileDelay = TimeSpan.FromSeconds(0.3) }));
        space.Use(new SlurmPorts { Shell = this });
        return space;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
