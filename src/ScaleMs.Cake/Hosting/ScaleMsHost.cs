using System.Reflection;
using System.Runtime.CompilerServices;
using Cake.Frosting;

namespace ScaleMs;

/// <summary>The entry of a workflow's program.</summary>
public static class ScaleMsHost
{
    private static (IReadOnlyList<string> Arguments, MethodBase Factory)? _started;

    /// <summary>The command line and the code that made the host; null when the host was not started here.</summary>
    internal static (IReadOnlyList<string> Arguments, MethodBase Factory)? Started => _started;

    /// <summary>Runs a target.</summary>
    /// <param name="arguments">The program's arguments.</param>
    /// <param name="host">Makes the host, with its context: <c>() => new CakeHost().UseContext&lt;MyContext&gt;()</c>.</param>
    /// <returns>The exit code, see the table of exit codes in the documentation.</returns>
    /// <remarks>
    /// A run that finds everything as the last one left it neither makes the host nor defines the workflow: that is why the host is made
    /// by a function. It must only make it; what it does besides is not done in such a run.
    /// </remarks>
    public static int Run(string[] arguments, Func<CakeHost> host)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(host);
        return NullRunShortcut.TryTake(arguments) ?? RunCake(arguments, host);
    }

    // A method of its own, so that what it names is loaded only when it is called.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int RunCake(string[] arguments, Func<CakeHost> host)
    {
        _started = (arguments, host.Method);
        OwnCommand.RememberFolder();
        return host().RunScaleMs(arguments);
    }
}
