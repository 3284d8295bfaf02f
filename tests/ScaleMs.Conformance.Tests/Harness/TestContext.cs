using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Tooling;

namespace ScaleMs.Conformance.Tests;

/// <summary>A context that holds what the engines and these builds use: a log, arguments, data and a workspace. It has nothing else.</summary>
internal sealed class TestContext(ICakeLog log, CakeDataService data, DirectoryPath workspace, ICakeArguments arguments) : ICakeContext, ICakeEnvironment
{
    public ICakeLog Log => log;

    public ICakeArguments Arguments => arguments;

    public ICakeDataResolver Data => data;

    public ICakeEnvironment Environment => this;

    public DirectoryPath WorkingDirectory { get; set; } = workspace;

    public DirectoryPath ApplicationRoot => WorkingDirectory;

    public IFileSystem FileSystem => throw new NotSupportedException();

    public IGlobber Globber => throw new NotSupportedException();

    public IProcessRunner ProcessRunner => throw new NotSupportedException();

    public IRegistry Registry => throw new NotSupportedException();

    public IToolLocator Tools => throw new NotSupportedException();

    public ICakeConfiguration Configuration => throw new NotSupportedException();

    public ICakePlatform Platform => throw new NotSupportedException();

    public ICakeRuntime Runtime => throw new NotSupportedException();

    public DirectoryPath GetSpecialPath(SpecialPath path) => throw new NotSupportedException();

    public string? GetEnvironmentVariable(string variable) => null;

    public IDictionary<string, string?> GetEnvironmentVariables() => new Dictionary<string, string?>();
}
