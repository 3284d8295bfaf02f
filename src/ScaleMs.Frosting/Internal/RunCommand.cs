using Cake.Cli;
using Cake.Cli.Infrastructure;
using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Packaging;
using Cake.Core.Scripting;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console.Cli;

namespace Cake.Frosting.Internal;

/// <summary>
/// The one command of a host: builds the services, prepares directory and tools, and lets <see cref="FrostingRunner"/> run the
/// script host that the options choose. Its data is the host's service collection.
/// </summary>
internal sealed class RunCommand : Command<RunSettings>
{
    public override int Execute(CommandContext context, RunSettings settings, CancellationToken cancellationToken)
    {
        var services = (IServiceCollection)context.Data!;
        services.AddSingleton<ICakeArguments>(context.Remaining.ToCakeArguments(settings.HidesReport, settings.Targets));
        services.AddSingleton(context.Remaining);

        // Left undisposed: the process is about to end, and a build may still hold its services, as with the genuine package.
        var provider = services.BuildServiceProvider();
        try
        {
            Execute(provider, settings);
            return 0;
        }
        catch (Exception exception) // the boundary of the process: whatever a task throws ends here as a message
        {
            return provider.GetService<ICakeLog>().LogException(exception);
        }
    }

    private static void Execute(IServiceProvider services, RunSettings settings)
    {
        if (settings.ShowsVersion) services.GetRequiredService<VersionFeature>().Run(services.GetRequiredService<IConsole>());
        else if (settings.ShowsInfo) services.GetRequiredService<InfoFeature>().Run(services.GetRequiredService<IConsole>());
        else Run(services, settings);
    }

    private static void Run(IServiceProvider services, RunSettings settings)
    {
        var log = services.GetRequiredService<ICakeLog>();
        log.Verbosity = settings.Verbosity ?? Verbosity.Normal;
        EnterWorkingDirectory(services, settings);

        // Only now: the configuration reads cake.config in the working directory.
        log.Verbosity = services.GetRequiredService<ICakeConfiguration>().GetVerbosity(settings.Verbosity);

        // Context and tasks are made before the tools are there, since their constructors may not count on tools.
        var host = ScriptHostFor(services, settings);
        var runner = services.GetRequiredService<FrostingRunner>();
        InstallTools(services);

        if (settings.IsExclusive) host.Settings.UseExclusiveTarget();
        runner.Run(host, settings.Targets);
    }

    private static void EnterWorkingDirectory(IServiceProvider services, RunSettings settings)
    {
        var environment = services.GetRequiredService<ICakeEnvironment>();
        var wanted = settings.WorkingDirectory ?? services.GetService<WorkingDirectory>()?.Path ?? environment.WorkingDirectory;
        var directory = wanted.MakeAbsolute(environment);
        if (!services.GetRequiredService<IFileSystem>().Exist(directory))
            throw new FrostingException($"The working directory '{directory.FullPath}' does not exist.");

        environment.WorkingDirectory = directory;
    }

    private static IScriptHost ScriptHostFor(IServiceProvider services, RunSettings settings) => settings switch
    {
        { IsDryRun: true } => services.GetRequiredService<DryRunScriptHost<IFrostingContext>>(),
        { ShowsTree: true } => services.GetRequiredService<TreeScriptHost>(),
        { ShowsDescriptions: true } => services.GetRequiredService<DescriptionScriptHost>(),
        _ => services.GetRequiredService<BuildScriptHost<IFrostingContext>>(),
    };

    private static void InstallTools(IServiceProvider services)
    {
        var tools = services.GetServices<PackageReference>().ToList();
        if (tools.Count == 0) return;

        services.GetRequiredService<ICakeLog>().Verbose("Installing tools...");
        var installer = services.GetRequiredService<IToolInstaller>();
        foreach (var tool in tools) installer.Install(tool);
    }
}
