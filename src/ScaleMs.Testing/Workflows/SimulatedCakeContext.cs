using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Tooling;
using ScaleMs.Core.Ports;

namespace ScaleMs.Testing;

/// <summary>As much of Cake as a workflow's context and its definitions may use: arguments, a working directory, a log that nobody reads.</summary>
internal sealed class SimulatedCakeContext : ICakeContext, IWorkspaceDisk
{
    private readonly FileSystem _files = new();

    public SimulatedCakeContext(IReadOnlyList<string> parameters, IDisk disk)
    {
        Disk = disk;
        Arguments = new CakeArguments(parameters.ToLookup(_ => "set", StringComparer.OrdinalIgnoreCase));
        Environment = new SimulatedCakeEnvironment();
        Globber = new Globber(_files, Environment);
    }

    public IDisk Disk { get; }

    public IFileSystem FileSystem => _files;

    public ICakeEnvironment Environment { get; }

    public IGlobber Globber { get; }

    public ICakeLog Log { get; } = new NullLog();

    public ICakeArguments Arguments { get; }

    public ICakeDataService Data { get; } = new CakeDataService();

    ICakeDataResolver ICakeContext.Data => Data;

    public IProcessRunner ProcessRunner => throw OnlyDescribes();

    public IRegistry Registry => throw OnlyDescribes();

    public IToolLocator Tools => throw OnlyDescribes();

    public ICakeConfiguration Configuration => throw OnlyDescribes();

    public IToolInstaller ToolInstaller => throw OnlyDescribes();

    public IServiceProvider ServiceProvider => throw OnlyDescribes();

    private static NotSupportedException OnlyDescribes() => new("A definition only describes: it starts no processes and installs no tools.");
}
