using Cake.Core.Composition;

namespace ScaleMs.Frosting.Host;

/// <summary>A Cake module with one service.</summary>
internal sealed class GreetingModule : ICakeModule
{
    public void Register(ICakeContainerRegistrar registrar) => registrar.RegisterInstance(new Greeting("module"));
}
