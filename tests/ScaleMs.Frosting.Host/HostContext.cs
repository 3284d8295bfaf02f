using Cake.Core;
using Cake.Frosting;

namespace ScaleMs.Frosting.Host;

/// <summary>A context with a service in its constructor, which the startup class or a module may have registered.</summary>
public sealed class HostContext : FrostingContext
{
    public HostContext(ICakeContext context, Greeting? greeting = null)
        : base(context)
    {
        Greeting = greeting?.Text ?? "none";
        Told.Line("context");
    }

    public string Greeting { get; }

    public void Tell(string line) => Told.Line(line);
}
