using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using ScaleMs.Core.Ports;

namespace ScaleMs;

/// <summary>The process of one call: finds the method, calls it, tells how it ended, and ends.</summary>
internal static class CalledProcess
{
    private const int Threw = 1;

    private static readonly Lazy<CancellationTokenSource> s_termination = new(ListenForTermination);
    private static PosixSignalRegistration? _registration;

    /// <summary>Makes the call and ends the process, when it was started for one.</summary>
    public static void Begin()
    {
        // Programs that the function starts are none of ours.
        Environment.SetEnvironmentVariable(HostProgram.HookVariable, null);
        if (Environment.GetCommandLineArgs() is [.., HostProgram.Mode, var callFile])
        {
            Environment.Exit(Run(callFile));
        }
    }

    private static int Run(string callFile)
    {
        var call = CallText.Read(File.ReadAllBytes(callFile));
        call = call with { Assembly = Environment.GetEnvironmentVariable(HostProgram.AssemblyVariable) ?? call.Assembly };
        Environment.SetEnvironmentVariable(HostProgram.AssemblyVariable, null);
        var outcome = Path.Combine(Path.GetDirectoryName(callFile)!, FunctionLaunch.OutcomeFile);
        try
        {
            AssemblyFinder.LookBeside(call.Assembly);
            Invoke(call, Environment.CurrentDirectory);
            File.WriteAllText(outcome, OtherBuild(call) ?? FunctionLaunch.Returned);
            return 0;
        }
        catch (Exception exception)
        {
            // Whatever a user's function throws is the step's failure.
            var thrown = ThrownText.Of(call.Name, exception);
            Console.Error.Write(thrown.Whole);
            File.WriteAllText(outcome, thrown.Line);
            return Threw;
        }
    }

    private static void Invoke(CallText call, string directory)
    {
        var assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(call.Assembly);
        new FunctionCall(FunctionOperation.Find(assembly, call.Signature), call.Arguments, directory, () => s_termination.Value.Token).Invoke();
    }

    /// <summary>An assembly may have been built anew since the key was made from it; looked at last, when all that was needed is loaded.</summary>
    private static string? OtherBuild(CallText call)
    {
        var other = Array.Find(AppDomain.CurrentDomain.GetAssemblies(), assembly =>
            call.Builds.TryGetValue(assembly.GetName().Name ?? string.Empty, out var build) && build != FunctionOperation.BuildOf(assembly));
        return other is null ? null : $"'{other.GetName().Name}' was built anew while the run was under way; run again";
    }

    /// <summary>Only a function that asks for the token is trusted to end by it; any other is ended by the signal itself.</summary>
    private static CancellationTokenSource ListenForTermination()
    {
        var source = new CancellationTokenSource();
        _registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            source.Cancel();
        });
        return source;
    }
}
