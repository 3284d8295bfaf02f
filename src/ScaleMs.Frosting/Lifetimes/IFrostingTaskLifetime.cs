namespace Cake.Frosting;

/// <summary>Work done before and after every task.</summary>
public interface IFrostingTaskLifetime : IFrostingTaskSetup, IFrostingTaskTeardown
{
}
