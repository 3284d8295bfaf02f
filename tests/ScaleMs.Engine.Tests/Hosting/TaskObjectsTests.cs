using Cake.Core;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;
using ScaleMs.Core.Faults;
using Xunit;

namespace ScaleMs.Engine.Tests.Hosting;

public sealed class TaskObjectsTests
{
    [Fact]
    public void Tasks_ThatNeedThemselvesThroughAService_AreNamed()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IFrostingTask, WeighTask>().AddTransient<Scales>();
        services.AddSingleton(provider => new TaskObjects(provider, services));
        services.AddTransient(provider => (WeighTask)provider.GetRequiredService<TaskObjects>().Of(typeof(WeighTask)));
        using var provider = services.BuildServiceProvider();

        var fault = Assert.Single(Assert.Throws<FaultException>(() => provider.GetRequiredService<TaskObjects>().All()).Faults);
        Assert.Contains(typeof(WeighTask).FullName!, fault.What, StringComparison.Ordinal);
    }

    private sealed class Scales(WeighTask task)
    {
        public WeighTask Task => task;
    }

    private sealed class WeighTask(Scales scales) : FrostingTask<ICakeContext>
    {
        public Scales Scales => scales;
    }
}
