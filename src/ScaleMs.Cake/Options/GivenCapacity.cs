using System.Globalization;
using Cake.Core;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using ScaleMs.Launchers.Local;

namespace ScaleMs;

/// <summary>What the command line says the steps may use at once; what it leaves open, the machine tells.</summary>
internal sealed record GivenCapacity
{
    private const int MostGpus = 1000;

    /// <summary>Memory in bytes; null for the machine's.</summary>
    public long? MemoryBytes { get; private init; }

    /// <summary>Graphics processors; null for the machine's.</summary>
    public int? Gpus { get; private init; }

    /// <summary>Named tokens; null for no limits.</summary>
    public IReadOnlyDictionary<string, int>? Tokens { get; private init; }

    /// <summary>Reads the options; what is wrong with them is added to the faults.</summary>
    public static GivenCapacity Read(ICakeArguments arguments, List<Fault> faults) => new()
    {
        MemoryBytes = ReadMemory(Last(arguments, "memory"), faults),
        Gpus = ReadGpus(Last(arguments, "gpus"), faults),
        Tokens = ReadTokens(arguments.GetArguments("tokens"), faults),
    };

    /// <summary>The names of the graphics processors that steps may have. The machine is asked only if a step wants one, or may come to.</summary>
    public IReadOnlyList<string> DevicesFor(WorkflowDefinition definition)
    {
        if (!Asks(definition, step => step.Resources.Gpus > 0))
        {
            return [];
        }

        var found = LocalMachine.Devices();
        return Gpus is not { } wanted ? found
            : wanted <= found.Count ? [.. found.Take(wanted)]
            : [.. Enumerable.Range(0, wanted).Select(device => device.ToString(CultureInfo.InvariantCulture))];
    }

    /// <summary>All that the steps may use at once. The machine is asked for its memory only if a step claims some, or may come to.</summary>
    public Resources For(WorkflowDefinition definition, int jobs, int devices) =>
        new(jobs, MemoryBytes ?? (Asks(definition, step => step.Resources.MemoryBytes > 0) ? LocalMachine.MemoryBytes() : 0), devices, null, Tokens);

    private static bool Asks(WorkflowDefinition definition, Func<StepInstance, bool> asks) => definition.Continuations.Count > 0 || definition.Steps.Any(asks);

    private static long? ReadMemory(string? text, List<Fault> faults)
    {
        if (text is null || ByteSize.TryParse(text) is { } and > 0)
        {
            return text is null ? null : ByteSize.TryParse(text);
        }

        faults.Add(UsageFaults.BadValue("memory", text, "a number and a unit, such as 16GiB or 512MB"));
        return null;
    }

    private static int? ReadGpus(string? text, List<Fault> faults)
    {
        if (text is null)
        {
            return null;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var gpus) || gpus > MostGpus)
        {
            faults.Add(UsageFaults.BadValue("gpus", text, $"a whole number from 0 to {MostGpus}"));
            return null;
        }

        if (LocalMachine.Restriction() is { } restriction && gpus > LocalMachine.Devices().Count)
        {
            faults.Add(UsageFaults.TooManyGpus(text, restriction, LocalMachine.Devices().Count));
            return null;
        }

        return gpus;
    }

    private static Dictionary<string, int>? ReadTokens(ICollection<string>? texts, List<Fault> faults)
    {
        if (texts is null || texts.Count == 0)
        {
            return null;
        }

        var tokens = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var text in texts.Where(text => !TokenList.TryAdd(text, tokens)))
        {
            faults.Add(UsageFaults.BadValue("tokens", text, "names and counts of at least 1, such as licence=2,disk=4"));
        }

        return tokens;
    }

    private static string? Last(ICakeArguments arguments, string name) => arguments.GetArguments(name)?.LastOrDefault();
}
