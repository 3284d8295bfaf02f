using Cake.Core;
using ScaleMs;

namespace Adaptive;

/// <summary>How many walkers sample at once, and when it is enough.</summary>
public sealed class AdaptiveContext : ScaleMsContext
{
    public AdaptiveContext(ICakeContext context)
        : base(context, home: "workflows/adaptive")
    {
        Walkers = (int)Parameters.Integer("walkers", 4, 1, 1000, "how many walkers sample in each round");
        Error = Parameters.Text("error", "0.01", "the standard error that is small enough");
    }

    public int Walkers { get; }

    public string Error { get; }
}
