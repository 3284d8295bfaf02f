using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;
using ScaleMs.Frosting.Host.Lifetimes;
using ScaleMs.Frosting.Host.Steps;
using ScaleMs.Frosting.Host.Tasks;

namespace ScaleMs.Frosting.Host;

/// <summary>The ways to configure a host, each under a name; <c>name=value</c> where it takes a value.</summary>
internal static class Features
{
    private static readonly Dictionary<string, Func<CakeHost, string, CakeHost>> s_all = new(StringComparer.Ordinal)
    {
        ["scalems"] = (host, _) => host.UseScaleMs(),
        ["context"] = (host, _) => host.UseContext<HostContext>(),
        ["steps"] = (host, _) => WithSteps(host.UseContext<StepContext>()),
        ["startup"] = (host, _) => host.UseStartup<Startup>(),
        ["lifetime"] = (host, _) => host.UseLifetime<BuildLifetime>(),
        ["task-lifetime"] = (host, _) => host.UseTaskLifetime<EachTaskLifetime>(),
        ["setup"] = (host, _) => host.UseSetup<OnlySetup>(),
        ["setup-fails"] = (host, _) => host.UseSetup<FailingSetup>(),
        ["teardown"] = (host, _) => host.UseTeardown<OnlyTeardown>(),
        ["teardown-fails"] = (host, _) => host.UseTeardown<FailingTeardown>(),
        ["task-setup"] = (host, _) => host.UseTaskSetup<OnlyTaskSetup>(),
        ["task-teardown"] = (host, _) => host.UseTaskTeardown<OnlyTaskTeardown>(),
        ["module"] = (host, _) => host.UseModule<GreetingModule>(),
        ["installer"] = (host, _) => host.UsePackageInstaller<PretendInstaller>(),
        ["tool"] = (host, address) => host.InstallTool(new Uri(address)),
        ["tools-folder"] = (host, folder) => host.SetToolPath(folder),
        ["working"] = (host, folder) => host.UseWorkingDirectory(folder),
        ["setting"] = (host, value) => host.UseCakeSetting("host_colour", value),
        ["sources"] = (host, value) => host.UseCakeSetting("NuGet_Source", value),
        ["assembly"] = (host, _) => host.AddAssembly(OtherAssembly.WithTask("Other")),
        ["single-step"] = (host, _) => WithTask<BreakTask>(host.UseContext<StepContext>()),
        ["own-assembly"] = (host, _) => host.AddAssembly(typeof(Features).Assembly),
        ["bare"] = (host, _) => WithTask<BareTask>(host),
        ["circle"] = (host, _) => WithTask<OneTask>(WithTask<OtherTask>(host)),
        ["invalid-dependency"] = (host, _) => WithTask<InvalidDependencyTask>(host),
        ["same-name"] = (host, _) => WithTask<SecondCleanTask>(host),
        ["constructor-fails"] = (host, _) => WithTask<UnmadeTask>(host),
        ["derived"] = (host, _) => WithTask<DerivedTask>(host),
        ["stranger"] = (host, _) => WithTask<StrangerTask>(host),
        ["hidden"] = (host, _) => WithTask<HiddenTask>(host),
    };

    public static CakeHost Use(CakeHost host, string feature)
    {
        var parts = feature.Split('=', 2);
        return s_all[parts[0]](host, parts.Length > 1 ? parts[1] : string.Empty);
    }

    private static CakeHost WithSteps(CakeHost host) =>
        WithTask<BreakTask>(WithTask<UndefinedTask>(WithTask<MergeTask>(WithTask<SplitTask>(WithTask<FetchTask>(host)))));

    private static CakeHost WithTask<T>(CakeHost host)
        where T : class, IFrostingTask =>
        host.ConfigureServices(services => services.AddSingleton<IFrostingTask, T>());
}
