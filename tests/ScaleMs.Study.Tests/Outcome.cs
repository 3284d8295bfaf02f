using System.Text.Json;

namespace ScaleMs.Study.Tests;

/// <summary>How a run ended: exit code, what it printed, and the file of <c>--summary</c>.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Output">What it printed, errors among it.</param>
/// <param name="Summary">The root of the summary; undefined when none was written.</param>
internal sealed record Outcome(int ExitCode, string Output, JsonElement Summary)
{
    /// <summary>The steps that were executed, in ordinal order.</summary>
    public IReadOnlyList<string> Executed => Of("Executed");

    public IEnumerable<JsonElement> Steps => Summary.GetProperty("steps").EnumerateArray();

    public IReadOnlyList<string> Of(string outcome) =>
        [.. Steps.Where(step => step.GetProperty("outcome").GetString() == outcome).Select(step => step.GetProperty("id").GetString()!).Order(StringComparer.Ordinal)];

    public int Count(string outcome) => Summary.GetProperty("counts").GetProperty(outcome).GetInt32();

    public string ReasonOf(string id) => Step(id).GetProperty("reason").GetString()!;

    public JsonElement Step(string id) => Steps.Single(step => step.GetProperty("id").GetString() == id);

    /// <summary>Asserts the exit code, with the output where it is another.</summary>
    public Outcome Ends(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"exit code {ExitCode}, not {exitCode}\n{Output}");
        return this;
    }

    /// <summary>Asserts that the run is done and executed exactly these steps.</summary>
    public Outcome Ran(params string[] steps)
    {
        Ends(0);
        Assert.Equal([.. steps.Order(StringComparer.Ordinal)], Executed);
        return this;
    }

    /// <summary>Asserts that the run is done and every step was up to date.</summary>
    public void RanNothing()
    {
        Ran();
        Assert.Equal(Steps.Count(), Count("upToDate"));
    }
}
