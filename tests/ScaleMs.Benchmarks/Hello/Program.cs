using System.Runtime.CompilerServices;
using Cake.Frosting;

namespace ScaleMs.Benchmarks.Hello;

/// <summary>Nothing but a start.</summary>
internal static class Program
{
    public static int Main(string[] arguments) => arguments is ["bare"] ? 0 : Cake(arguments);

    /// <summary>Apart, so that the bare start loads nothing of Cake.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Cake(string[] arguments) => new CakeHost().UseContext<FrostingContext>().Run(arguments);
}
