using Cake.Frosting;

namespace ScaleMs.Frosting.Host;

/// <summary>Makes the host as the features in <c>HOST_FEATURES</c> say, and gives it the command line untouched.</summary>
internal static class Program
{
    public static int Main(string[] arguments)
    {
        var host = CakeHost.Create();
        foreach (var feature in Variable("HOST_FEATURES").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            host = Features.Use(host, feature);
        }

        return host.Run(arguments);
    }

    public static string Variable(string name) => Environment.GetEnvironmentVariable(name) ?? string.Empty;
}
