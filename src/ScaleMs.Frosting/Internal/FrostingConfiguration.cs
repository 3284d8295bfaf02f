using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.IO;

namespace Cake.Frosting.Internal;

/// <summary>
/// Cake's configuration: the build's own settings, overridden by <c>CAKE_</c> variables, then <c>cake.config</c> in the working
/// directory, then the command line.
/// </summary>
internal sealed class FrostingConfiguration(
    IEnumerable<CakeSetting> settings, IFileSystem fileSystem, ICakeEnvironment environment, ICakeArguments arguments) : ICakeConfiguration
{
    private readonly ICakeConfiguration merged = new CakeConfigurationProvider(fileSystem, environment).CreateConfiguration(
        environment.WorkingDirectory,
        settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)),
        arguments.GetArguments().ToDictionary(argument => argument.Key, argument => argument.Value.FirstOrDefault() ?? string.Empty));

    public string GetValue(string key) => merged.GetValue(key);
}
