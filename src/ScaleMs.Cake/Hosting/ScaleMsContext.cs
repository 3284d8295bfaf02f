using Cake.Core;
using Cake.Frosting;

namespace ScaleMs;

/// <summary>The context of a workflow: its parameters and its source files. A study derives its own from it.</summary>
public partial class ScaleMsContext : FrostingContext
{
    private readonly SortedList<string, string?> _environmentRead = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _filesRead = new(StringComparer.Ordinal);

    /// <summary>Makes the context.</summary>
    /// <param name="context">Cake's context.</param>
    /// <param name="home">The workflow's directory relative to the workspace, such as <c>workflows/simulate</c>.</param>
    public ScaleMsContext(ICakeContext context, string home)
        : base(context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _ownDisk = context as IWorkspaceDisk;
        Home = home;
        Workspace = context.Environment.WorkingDirectory.FullPath;
        Parameters = new ParameterSet(GivenParameters.Of(context));
    }

    /// <summary>The workspace's absolute path: the directory that holds the file store.</summary>
    public string Workspace { get; }

    /// <summary>The workflow's directory relative to the workspace.</summary>
    public string Home { get; }

    /// <summary>The parameters; declare them in the constructor of the derived context.</summary>
    public ParameterSet Parameters { get; }

    /// <summary>How many steps may come to be defined while running, in all: loops and expansions that never end are told. 100,000 unless the workflow says otherwise.</summary>
    public int MostExpandedSteps { get; protected set; } = 100_000;

    internal DeclaredSecrets Secrets { get; } = new();

    internal IReadOnlyDictionary<string, string?> EnvironmentRead => _environmentRead;

    /// <summary>Files that the definition was read from, absolute.</summary>
    internal IEnumerable<string> FilesRead => _filesRead.Concat(Parameters.Files);

    /// <summary>Everything wrong with what was given to the workflow from outside.</summary>
    internal IEnumerable<Core.Faults.Fault> GivenFaults() => Parameters.AllFaults(Secrets);

    /// <summary>A file of the workflow.</summary>
    /// <param name="path">The path below the workflow's directory, with <c>/</c>.</param>
    /// <returns>The file, as an input or template of steps.</returns>
    public SourceFile Source(string path) => new(Home.Length == 0 ? path : $"{Home}/{path}");

    /// <summary>Declares a secret. Nothing reads its value here; a step that executes is refused before anything begins when it is missing.</summary>
    /// <param name="name">Its name for people, such as <c>api-token</c>.</param>
    /// <param name="fromEnvironment">The variable that holds it, in the environment of the host; null when something else does.</param>
    /// <param name="fromFile">The file that holds it, relative to the workspace or absolute; a line end at its end is no part of it. Null when something else does.</param>
    /// <param name="version">Stands in the keys for the value: give another one when steps are to run again with a new value.</param>
    /// <param name="fromCommand">
    /// The program and arguments whose standard output it is, without one line end: <c>["pass", "show", "archive"]</c>. The host runs it once in a run, in the workspace, when the first step that needs
    /// it is launched; a plan runs nothing. Null when something else holds it.
    /// </param>
    /// <returns>The secret, for <see cref="Step.Secret"/>, <see cref="Step.SecretFile"/> or an argument of a function step.</returns>
    /// <exception cref="ArgumentException">It has no source or several, or another one has its name.</exception>
    public Secret Secret(string name, string? fromEnvironment = null, string? fromFile = null, string version = "1", IReadOnlyList<string>? fromCommand = null) =>
        Secrets.Add(name, version, fromEnvironment, fromFile, fromCommand);

    /// <summary>Reads a text file for the definition, such as a table of members; the read is recorded.</summary>
    /// <param name="source">The file.</param>
    /// <returns>Its lines.</returns>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    public IReadOnlyList<string> ReadLines(SourceFile source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var path = System.IO.Path.GetFullPath(source.Path, Workspace);
        _filesRead.Add(path);
        return Lines(path).ToList();
    }

    /// <summary>Reads an environment variable for the definition; the read is recorded.</summary>
    /// <param name="name">The variable.</param>
    /// <returns>Its value, or null.</returns>
    public string? Env(string name) => _environmentRead[name] = System.Environment.GetEnvironmentVariable(name);
}
