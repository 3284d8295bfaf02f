using Cake.Core;

namespace Cake.Frosting;

/// <summary>The context handed to the tasks of a run.</summary>
public interface IFrostingContext : ICakeContext
{
}
