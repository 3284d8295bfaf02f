using System.CommandLine;
using ScaleMs.Launchers.Amqp;
using ScaleMs.Tool.Farm;

namespace ScaleMs.Tool.Commands;

/// <summary><c>scalems top</c>.</summary>
internal static class TopCommand
{
    private static readonly TimeSpan Listen = TimeSpan.FromSeconds(1.5);
    private static readonly FarmOptions Farm = new();
    private static readonly Option<bool> Once = new("--once") { Description = "tells once and ends" };
    private static readonly Option<string> Format = new("--format") { Description = "text or json", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };

    public static Command Create()
    {
        Format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("top", "Shows a farm: queues, workers, running actions, actions a second.") { Once, Format };
        Farm.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        using var signals = new Signals();
        RunAsync(parsed, signals.Drain).GetAwaiter().GetResult();
        return ExitCodes.Done;
    }

    private static async Task RunAsync(ParseResult parsed, CancellationToken stop)
    {
        await using var watch = Make(parsed);
        try
        {
            do
            {
                var farm = await watch.LookAsync(Listen, stop).ConfigureAwait(false);
                Show(parsed, farm);
            }
            while (!parsed.GetValue(Once));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Ended by who watched.
        }
    }

    private static FarmWatch Make(ParseResult parsed)
    {
        try
        {
            return new FarmWatch(Farm.Broker(parsed), Farm.Farm(parsed), parsed.InvocationConfiguration.Error.WriteLine);
        }
        catch (ArgumentException wrong)
        {
            throw new FarmUsageException(wrong.Message, wrong);
        }
    }

    /// <summary>Clears a terminal between two looks; a file gets one after the other.</summary>
    private static void Show(ParseResult parsed, FarmSnapshot farm)
    {
        if (parsed.IsJson() || parsed.GetValue(Format) == "json")
        {
            parsed.Output().WriteLine(farm.Json());
            return;
        }

        if (!parsed.GetValue(Once) && !Console.IsOutputRedirected)
        {
            parsed.Output().Write("\u001b[H\u001b[2J");
        }

        parsed.Output().Write(farm.Text());
    }
}
