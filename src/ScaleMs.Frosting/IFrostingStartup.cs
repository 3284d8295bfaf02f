using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting;

/// <summary>Registers the services of a build in a class of its own.</summary>
public interface IFrostingStartup
{
    /// <summary>Adds the build's services.</summary>
    /// <param name="services">The services of the host.</param>
    void Configure(IServiceCollection services);
}
