using Cake.Core;
using Cake.Core.IO;

namespace ScaleMs.Testing;

/// <summary>An environment whose working directory is the simulated workspace; it has no variables.</summary>
internal sealed class SimulatedCakeEnvironment : ICakeEnvironment
{
    public DirectoryPath WorkingDirectory { get; set; } = new(SimulatedHost.Workspace);

    public DirectoryPath ApplicationRoot => WorkingDirectory;

    public DirectoryPath UserHomeDirectory => WorkingDirectory;

    public ICakePlatform Platform { get; } = new CakePlatform();

    public ICakeRuntime Runtime { get; } = new CakeRuntime();

    public string? GetEnvironmentVariable(string variable) => null;

    public IDictionary<string, string?> GetEnvironmentVariables() => new Dictionary<string, string?>();

    public DirectoryPath GetSpecialPath(SpecialPath path) => WorkingDirectory;
}
