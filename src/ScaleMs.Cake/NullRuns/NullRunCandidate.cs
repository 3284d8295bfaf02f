using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Functions;
using ScaleMs.Engine.Running;

namespace ScaleMs;

/// <summary>Decides whether a run that found nothing to do may be remembered, and as what.</summary>
/// <remarks>
/// It may when the code that defines the workflow is pure as far as its IL shows, so that nothing but the circumstances, the code itself
/// and the files that were looked at can make the next definition another one.
/// </remarks>
/// <param name="arguments">The command line, as it was given.</param>
/// <param name="code">The code that made the host and defined the workflow.</param>
/// <param name="disk">The disk.</param>
internal sealed class NullRunCandidate(IReadOnlyList<string> arguments, IEnumerable<MethodBase> code, IDisk disk)
{
    /// <summary>The null run to remember; null when it may not be.</summary>
    /// <param name="report">The run.</param>
    /// <param name="definition">The workflow.</param>
    /// <param name="filesRead">Further files that the definition was read from, absolute.</param>
    public NullRun? Of(RunReport report, WorkflowDefinition definition, IEnumerable<string> filesRead)
    {
        if (report.Looks is not { } looks || LooksAt(Assemblies().Concat(filesRead)) is not { } own || !IsPure(definition))
        {
            return null;
        }

        return new NullRun
        {
            Circumstances = NullRunShortcut.CircumstancesOf(arguments),
            Target = report.Summary.Target,
            Steps = report.Summary.Counts.UpToDate,
            SavedSeconds = report.Summary.SavedSeconds,
            Looks = [.. own, .. looks],
        };
    }

    private bool IsPure(WorkflowDefinition definition)
    {
        try
        {
            var functions = definition.Steps.Select(step => step.Operation).OfType<Operation.Function>().DistinctBy(function => function.Signature).Select(FunctionOperation.Find);
            return PureCode.Impurities(code, [.. functions]).Count == 0;
        }
        catch (FunctionIdentityException)
        {
            // Code without a file of its own cannot be looked at again.
            return false;
        }
    }

    /// <summary>What was loaded from files besides the runtime, and what decides which files those are.</summary>
    private static IEnumerable<string> Assemblies()
    {
        var runtime = RuntimeEnvironment.GetRuntimeDirectory();
        var loaded = AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => !assembly.IsDynamic && assembly.Location.Length > 0 && !assembly.Location.StartsWith(runtime, StringComparison.Ordinal))
            .Select(assembly => assembly.Location);
        var entry = Path.ChangeExtension(Assembly.GetEntryAssembly()?.Location, null);
        return entry is null ? loaded : loaded.Append(entry + ".deps.json").Append(entry + ".runtimeconfig.json");
    }

    /// <summary>The files as they are; null when one may have changed after this process read it.</summary>
    private List<Look>? LooksAt(IEnumerable<string> files)
    {
        using var process = Process.GetCurrentProcess();
        var started = (process.StartTime.ToUniversalTime() - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        var looks = files.Select(file => new Look(file, true, disk.Stat(file), default)).ToList();
        return looks.TrueForAll(look => look.Found is not { } found || Math.Max(found.ModifiedNs, found.ChangedNs) < started) ? looks : null;
    }
}
