using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;

namespace ScaleMs.Frosting.Host;

/// <summary>Registers everything in a class of its own.</summary>
internal sealed class Startup : IFrostingStartup
{
    public void Configure(IServiceCollection services) => services
        .UseContext<HostContext>()
        .AddSingleton(new Greeting("startup"));
}
