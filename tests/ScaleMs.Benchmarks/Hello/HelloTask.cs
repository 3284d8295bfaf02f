using Cake.Frosting;

namespace ScaleMs.Benchmarks.Hello;

/// <summary>Does nothing.</summary>
[TaskName("hello")]
public sealed class HelloTask : FrostingTask<FrostingContext>
{
    public override void Run(FrostingContext context)
    {
    }
}
