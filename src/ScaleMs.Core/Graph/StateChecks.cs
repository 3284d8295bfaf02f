using System.Text.Json;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;

namespace ScaleMs.Core.Graph;

/// <summary>Checks of what one step keeps between its runs.</summary>
internal static class StateChecks
{
    public static IEnumerable<Fault> Of(StepInstance step) => step.KeepsState ? OfKeeping(step) : [];

    private static IEnumerable<Fault> OfKeeping(StepInstance step)
    {
        if (!step.IsAlways)
        {
            yield return StateFaults.NotAlways(step);
        }

        if (step.Operation is not Operation.Commands { List: [.., var last] })
        {
            yield break;
        }

        if (step.LogFraming == LogFraming.None)
        {
            yield return StateFaults.NoContract(step);
        }

        if (WhyNoPlace(last) is { } why)
        {
            yield return StateFaults.NoPlace(step, why);
        }
    }

    /// <summary>Why the state cannot be a member of what a command reads; null when it can.</summary>
    private static string? WhyNoPlace(Command command) =>
        command.StandardInputFile is not null ? "is a file"
        : command.StandardInput is not { } text ? null
        : MembersOf(text) is not { } members ? "is no JSON object"
        : members.Contains("state") ? "has a member 'state' already" : null;

    private static HashSet<string>? MembersOf(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.EnumerateObject().Select(member => member.Name).ToHashSet(StringComparer.Ordinal)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
