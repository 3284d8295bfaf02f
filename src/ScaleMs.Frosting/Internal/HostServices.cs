using Cake.Cli;
using Cake.Core.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting.Internal;

/// <summary>The services of every host; a build's own registrations come later and therefore win.</summary>
internal static class HostServices
{
    public static IServiceCollection AddHostServices(this IServiceCollection services) => services
        .AddCakeDiagnostics()
        .UseCakeDefaultModules()
        .AddSingleton<ICakeConfiguration, FrostingConfiguration>()
        .AddSingleton<FrostingContext>()
        .AddSingleton<IFrostingContext>(provider => provider.GetRequiredService<FrostingContext>())
        .AddScriptHosts()
        .AddToolInstallers()
        .AddSingleton<Lifetimes>()
        .AddSingleton<FrostingRunner>()
        .AddSingleton<IVersionResolver, VersionResolver>()
        .AddSingleton<VersionFeature>()
        .AddSingleton<InfoFeature>();

    private static IServiceCollection AddScriptHosts(this IServiceCollection services) => services
        .AddSingleton<BuildScriptHost<IFrostingContext>>()
        .AddSingleton<DryRunScriptHost<IFrostingContext>>()
        .AddSingleton<TreeScriptHost>()
        .AddSingleton<DescriptionScriptHost>();

    private static IServiceCollection AddToolInstallers(this IServiceCollection services) => services
        .AddSingleton<DeferredToolInstaller>()
        .AddSingleton<Core.Tooling.IToolInstaller>(provider => provider.GetRequiredService<DeferredToolInstaller>())
        .AddSingleton<IToolInstaller>(provider => provider.GetRequiredService<DeferredToolInstaller>());
}
