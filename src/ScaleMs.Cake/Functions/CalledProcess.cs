using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Text;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Native;

namespace ScaleMs;

/// <summary>The process of one call: finds the method, calls it, tells how it ended, and ends.</summary>
internal static class CalledProcess
{
    private const int Threw = 1;

    private static string? _assembly;

    /// <summary>Makes the call and ends the process, when it was started for one, or for more than one.</summary>
    public static void Begin()
    {
        // Programs that the function starts are none of ours.
        Environment.SetEnvironmentVariable(HostProgram.HookVariable, null);
        switch (Environment.GetCommandLineArgs())
        {
            case [.., HostProgram.Mode, var callFile]:
                TakeAssembly();
                using (var termination = new Termination())
                {
                    Environment.Exit(Call(callFile, termination));
                }

                break;
            case [.., HostProgram.WorkerMode]:
                TakeAssembly();
                Serve();
                break;
        }
    }

    /// <summary>Makes one call.</summary>
    /// <param name="callFile">What to call; how it ended is written beside it.</param>
    /// <param name="termination">What ends it.</param>
    /// <returns>The exit code of a process of its own.</returns>
    public static int Call(string callFile, Termination termination)
    {
        var call = CallText.Read(File.ReadAllBytes(callFile));
        call = call with { Assembly = _assembly ?? call.Assembly };
        var outcome = Path.Combine(Path.GetDirectoryName(callFile)!, FunctionLaunch.OutcomeFile);
        try
        {
            AssemblyFinder.LookBeside(call.Assembly);
            Invoke(call, Environment.CurrentDirectory, termination);
            FreshFile.Write(outcome, OtherBuild(call) ?? FunctionLaunch.Returned);
            return 0;
        }
        catch (Exception exception)
        {
            // Whatever a user's function throws is the step's failure.
            var thrown = ThrownText.Of(call.Name, exception);
            Console.Error.Write(thrown.Whole);
            FreshFile.Write(outcome, Encoding.UTF8.GetBytes(thrown.Line)); // with a sign for what is no text in it
            return Threw;
        }
    }

    private static void TakeAssembly()
    {
        _assembly = Environment.GetEnvironmentVariable(HostProgram.AssemblyVariable);
        Environment.SetEnvironmentVariable(HostProgram.AssemblyVariable, null);
    }

    /// <summary>What it needs is found only from here on, so it is compiled apart.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Serve()
    {
        AssemblyFinder.LookBeside(_assembly ?? typeof(CalledProcess).Assembly.Location);
        CallServer.Run();
    }

    private static void Invoke(CallText call, string directory, Termination termination)
    {
        var assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(call.Assembly);
        new FunctionCall(FunctionOperation.Find(assembly, call.Signature), call.Arguments, directory, termination.Token).Invoke();
    }

    /// <summary>An assembly may have been built anew since the key was made from it; looked at last, when all that was needed is loaded.</summary>
    private static string? OtherBuild(CallText call)
    {
        var other = Array.Find(AppDomain.CurrentDomain.GetAssemblies(), assembly =>
            call.Builds.TryGetValue(assembly.GetName().Name ?? string.Empty, out var build) && build != FunctionOperation.BuildOf(assembly));
        return other is null ? null : $"'{other.GetName().Name}' was built anew while the run was under way; run again";
    }
}
