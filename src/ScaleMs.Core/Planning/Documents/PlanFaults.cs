using ScaleMs.Core.Faults;

namespace ScaleMs.Core.Planning.Documents;

/// <summary>The wording of why a plan cannot be applied.</summary>
public static class PlanFaults
{
    private const int MostTold = 10;
    private const string Again = "make the plan again with --plan-out, and review it";

    /// <summary>The file holds no plan.</summary>
    /// <param name="file">The file.</param>
    /// <param name="problem">What is wrong with it.</param>
    /// <returns>The fault.</returns>
    public static Fault Unreadable(string file, string problem) => Usage($"the plan '{file}' {problem}", "name a file that --plan-out wrote");

    /// <summary>The file is of a newer form.</summary>
    /// <param name="file">The file.</param>
    /// <param name="form">The form that it names.</param>
    /// <returns>The fault.</returns>
    public static Fault OtherForm(string file, string form) => Usage(
        $"the plan '{file}' has the form '{form}', and this version of ScaleMs applies '{PlanDocument.Form}'", "apply it with the version that made it, or make it again with --plan-out");

    /// <summary>Everything that keeps a plan from being applied.</summary>
    /// <param name="planned">The reviewed plan.</param>
    /// <param name="now">The present plan.</param>
    /// <returns>The faults; empty when the plan holds.</returns>
    public static IReadOnlyList<Fault> Of(PlanDocument planned, PlanDocument now)
    {
        ArgumentNullException.ThrowIfNull(planned);
        ArgumentNullException.ThrowIfNull(now);
        if (planned.Target != now.Target)
        {
            return [Usage($"the plan is of target '{planned.Target}', not of '{now.Target}'", $"run --target={planned.Target}, or make a plan of '{now.Target}'")];
        }

        return planned.Workspace == now.Workspace
            ? Moved(PlanDifference.Between(planned, now))
            : [Usage($"the plan is of the workspace '{planned.Workspace}', not of '{now.Workspace}'", "make a plan in the workspace where it is to be applied")];
    }

    private static List<Fault> Moved(IReadOnlyList<string> differences)
    {
        var faults = differences.Take(MostTold).Select(difference => Usage($"the plan no longer holds: {difference}", Again)).ToList();
        if (differences.Count > MostTold)
        {
            faults.Add(Usage($"the plan no longer holds: {differences.Count - MostTold} more things moved", Again));
        }

        return faults;
    }

    private static Fault Usage(string what, string advice) => new("SMS2007", FaultKind.Usage, what, default, advice);
}
