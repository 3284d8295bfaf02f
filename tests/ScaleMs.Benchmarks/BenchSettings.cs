using System.Globalization;
using ScaleMs.Benchmarks.Graphs;
using ScaleMs.Benchmarks.Scenarios;

namespace ScaleMs.Benchmarks;

/// <summary>What is measured, each settable with <c>--set name=value</c>; lists have commas.</summary>
internal sealed record BenchSettings
{
    /// <summary>Scenarios that are about bytes or starts rather than graphs.</summary>
    public static IReadOnlyList<string> Machine { get; } = ["hello", "lookup", "openssl", "cp"];

    public IReadOnlyList<int> Sizes { get; init; } = [1001];

    public IReadOnlyList<string> Peers { get; init; } = ["ninja", "bazel", "snakemake"];

    public IReadOnlyList<string> Shapes { get; init; } = Graphs.Shapes.Names;

    public IReadOnlyList<string> Scenarios { get; init; } = [.. Scenario.All.Select(scenario => scenario.Name), .. Machine];

    public int Rounds { get; init; } = 5;

    /// <summary>Seconds after which an engine's scenario is not repeated.</summary>
    public double Budget { get; init; } = 60;

    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>MiB of the large files.</summary>
    public int Large { get; init; } = 256;

    /// <summary>Steps in the store that is asked about one of them; each has a result and a state.</summary>
    public int Records { get; init; } = 500_000;

    public string Out { get; init; } = "results/bench";

    /// <summary>Reads the command line of build.sh.</summary>
    /// <exception cref="FormatException">Says what is wrong with it.</exception>
    public static BenchSettings Read(IReadOnlyList<string> arguments)
    {
        var settings = new BenchSettings();
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (argument is "--set" && i + 1 < arguments.Count)
            {
                settings = settings.With(arguments[++i]);
            }
            else if (argument.StartsWith("--set=", StringComparison.Ordinal) || argument.StartsWith("--set:", StringComparison.Ordinal))
            {
                settings = settings.With(argument[6..]);
            }
            else if (argument is "--target" or "-t")
            {
                i++;
            }
            else if (!argument.StartsWith("--target", StringComparison.Ordinal) && !argument.StartsWith("-t", StringComparison.Ordinal))
            {
                throw new FormatException($"target bench knows no option '{argument}': use --set name=value");
            }
        }

        return settings;
    }

    private BenchSettings With(string pair)
    {
        var (name, value) = pair.IndexOf('=', StringComparison.Ordinal) is > 0 and var place ? (pair[..place], pair[(place + 1)..]) : (pair, "");
        return name switch
        {
            "n" => this with { Sizes = [.. List(value).Select(text => Number(text, name))] },
            "peers" => this with { Peers = Known(List(value), ["scalems", "ninja", "bazel", "snakemake"], name) },
            "shapes" => this with { Shapes = Known(List(value), Graphs.Shapes.Names, name) },
            "scenarios" => this with { Scenarios = Known(List(value), new BenchSettings().Scenarios, name) },
            "rounds" => this with { Rounds = Number(value, name) },
            "budget" => this with { Budget = Number(value, name) },
            "jobs" => this with { Jobs = Number(value, name) },
            "large" => this with { Large = Number(value, name) },
            "records" => this with { Records = Number(value, name) },
            "out" when value.Length > 0 => this with { Out = value },
            _ => throw new FormatException($"target bench knows no setting '{pair}': n, peers, shapes, scenarios, rounds, budget, jobs, large, records and out are there"),
        };
    }

    private static string[] List(string value) => value.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static int Number(string text, string name) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : throw new FormatException($"{name}: '{text}' is no count");

    private static string[] Known(string[] names, IReadOnlyList<string> known, string setting) =>
        names.FirstOrDefault(name => !known.Contains(name)) is { } other
            ? throw new FormatException($"{setting}: there is no '{other}'; there are {string.Join(", ", known)}")
            : names;
}
