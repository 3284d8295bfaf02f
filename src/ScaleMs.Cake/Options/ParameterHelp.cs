using Cake.Frosting;

namespace ScaleMs;

/// <summary>The part of <c>--help</c> that tells the workflow's own parameters and secrets.</summary>
/// <remarks>
/// They are declared where contexts are made, so the host is started as for a run, and the engine then tells them instead of running anything: no
/// setup, no definition, no step. A workflow whose tasks or contexts cannot be made says so itself, and has the rest of the help. Static because the host makes the engine.
/// </remarks>
internal static class ParameterHelp
{
    private static TextWriter? _output;

    /// <summary>Whether the engine is to tell parameters instead of running.</summary>
    public static bool IsAsked => _output is not null;

    /// <summary>Starts a host to hear its parameters.</summary>
    public static void Write(CakeHost host, TextWriter output)
    {
        _output = output;
        _ = host.UseScaleMs().Run([]);
    }

    /// <summary>Writes what contexts declare; nothing when they declare nothing.</summary>
    public static void Tell(IEnumerable<ScaleMsContext> contexts)
    {
        var all = contexts.Distinct().ToList();
        Tell("This workflow's parameters, for --set name=value:", all.SelectMany(context => context.Parameters.Declared).DistinctBy(parameter => parameter.Name, StringComparer.Ordinal), Line);
        Tell("This workflow's secrets:", all.SelectMany(context => context.Secrets.All).DistinctBy(secret => secret.Name, StringComparer.Ordinal), Line);
    }

    private static void Tell<T>(string title, IEnumerable<T> declared, Func<T, string> line)
    {
        foreach (var (text, index) in declared.Select((one, index) => (line(one), index)))
        {
            _output!.Write(index == 0 ? $"\n{title}\n" : string.Empty);
            _output.WriteLine(text);
        }
    }

    private static string Line(ParameterInfo parameter)
    {
        var range = parameter.Range.Length == 0 ? "any text" : parameter.Range;
        return $"  {$"{parameter.Name}={parameter.Default}",-36}{(parameter.Description.Length == 0 ? range : $"{parameter.Description}; {range}")}";
    }

    private static string Line(Secret secret) => $"  {secret.Name,-36}from {secret.Source}";
}
