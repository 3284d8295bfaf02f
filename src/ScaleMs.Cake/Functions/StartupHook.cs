using System.Diagnostics.CodeAnalysis;

/// <summary>What the runtime calls before a program's <c>Main</c>, when the environment names this assembly.</summary>
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = "The runtime looks for this very name.")]
internal static class StartupHook
{
    /// <summary>Makes the call that the process was started for; comes back in any other process.</summary>
    public static void Initialize() => ScaleMs.CalledProcess.Begin();
}
