using Cake.Core.Composition;
using Cake.Core.IO;
using Cake.Core.Packaging;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting;

/// <summary>Fluent configuration of a <see cref="CakeHost"/>.</summary>
public static class CakeHostExtensions
{
    /// <summary>Lets a startup class register the services of the build.</summary>
    /// <typeparam name="TStartup">The startup class.</typeparam>
    /// <param name="host">The host.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UseStartup<TStartup>(this CakeHost host)
        where TStartup : IFrostingStartup, new() =>
        Configure(host, services => new TStartup().Configure(services));

    /// <summary>Sets the context of the tasks; the last one set is used.</summary>
    /// <typeparam name="TContext">The class of the context.</typeparam>
    /// <param name="host">The host.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UseContext<TContext>(this CakeHost host)
        where TContext : class, IFrostingContext =>
        Configure(host, services => services.UseContext<TContext>());

    /// <summary>Sets what happens before the first and after the last task; the last one set is used.</summary>
    /// <typeparam name="TLifetime">The class of the lifetime.</typeparam>
    /// <param name="host">The host.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UseLifetime<TLifetime>(this CakeHost host)
        where TLifetime : class, IFrostingLifetime =>
        Configure(host, services => services.UseLifetime<TLifetime>());

    /// <summary>Sets what happens before the first task; the last one set is used.</summary>
    /// <typeparam name="TSetup">The class of the setup.</typeparam>
    /// <param name="host">The host.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UseSetup<TSetup>(this CakeHost host)
        where TSetup : class, IFrostingSetup =>
        Configure(host, services => services.UseSetup<TSetup>());

    /// <summary>Sets what happens after the last task; the last one set is used.</summary>
    /// <typeparam name="TTeardown">The class of the teardown.</typeparam>
    /// <param name="host">The host.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UseTeardown<TTeardown>(this CakeHost host)
        where TTeardown : class, IFrostingTeardown =>
        Configure(host, services => services.UseTeardown<TTeardown>());

    /// <summary>Sets what happens before and after every task; the last one set is used.</summary>
    /// <typeparam name="TLifetime">The class of the lifetime.</typeparam>
    /// <param name="host">The host.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UseTaskLifetime<TLifetime>(this CakeHost host)
        where TLifetime : class, IFrostingTaskLifetime =>
        Configure(host, services => services.UseTaskLifetime<TLifetime>());

    /// <summary>Sets what happens before every task; the last one set is used.</summary>
    /// <typeparam name="TSetup">The class of the setup.</typeparam>
    /// <param name="host">The host.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UseTaskSetup<TSetup>(this CakeHost host)
        where TSetup : class, IFrostingTaskSetup =>
        Configure(host, services => services.UseTaskSetup<TSetup>());

    /// <summary>Sets what happens after every task; the last one set is used.</summary>
    /// <typeparam name="TTeardown">The class of the teardown.</typeparam>
    /// <param name="host">The host.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UseTaskTeardown<TTeardown>(this CakeHost host)
        where TTeardown : class, IFrostingTaskTeardown =>
        Configure(host, services => services.UseTaskTeardown<TTeardown>());

    /// <summary>Adds the services of a Cake module.</summary>
    /// <typeparam name="TModule">The class of the module.</typeparam>
    /// <param name="host">The host.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UseModule<TModule>(this CakeHost host)
        where TModule : ICakeModule, new() =>
        Configure(host, services => services.UseModule<TModule>());

    /// <summary>Adds a package installer, which brings a new scheme of tool addresses.</summary>
    /// <typeparam name="TPackageInstaller">The class of the installer.</typeparam>
    /// <param name="host">The host.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UsePackageInstaller<TPackageInstaller>(this CakeHost host)
        where TPackageInstaller : class, IPackageInstaller =>
        Configure(host, services => services.UsePackageInstaller<TPackageInstaller>());

    /// <summary>Asks for a tool to be installed before the first task.</summary>
    /// <param name="host">The host.</param>
    /// <param name="uri">The address of the tool, such as <c>dotnet:?package=name</c>.</param>
    /// <returns>The same host.</returns>
    public static CakeHost InstallTool(this CakeHost host, Uri uri) =>
        Configure(host, services => services.UseTool(uri));

    /// <summary>Sets the working directory of the build; <c>--working</c> overrides it.</summary>
    /// <param name="host">The host.</param>
    /// <param name="path">The directory; a relative one starts from the directory of the process.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UseWorkingDirectory(this CakeHost host, DirectoryPath path) =>
        Configure(host, services => services.UseWorkingDirectory(path));

    /// <summary>Sets a value of Cake's configuration, which environment, file and command line override.</summary>
    /// <param name="host">The host.</param>
    /// <param name="key">The key, in any case.</param>
    /// <param name="value">The value.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UseCakeSetting(this CakeHost host, string key, string value) =>
        Configure(host, services => services.UseCakeSetting(key, value));

    /// <summary>Sets the directory that tools are installed in.</summary>
    /// <param name="host">The host.</param>
    /// <param name="path">The directory.</param>
    /// <returns>The same host.</returns>
    public static CakeHost SetToolPath(this CakeHost host, DirectoryPath path) =>
        Configure(host, services => services.UseToolPath(path));

    private static CakeHost Configure(CakeHost host, Action<IServiceCollection> change)
    {
        ArgumentNullException.ThrowIfNull(host);
        return host.ConfigureServices(change);
    }
}
