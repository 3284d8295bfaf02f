using ScaleMs.Core.Faults;
using ScaleMs.Core.Planning;

namespace ScaleMs.Engine.Secrets;

/// <summary>Looks whether the secrets of all steps that may execute are there, without reading them.</summary>
internal sealed class SecretCheck(SecretReader reader)
{
    /// <summary>A fault for each secret that is missing, told of the first step that needs it.</summary>
    public List<Fault> Of(IReadOnlyList<PlannedStep> plan)
    {
        var faults = new List<Fault>();
        HashSet<string>? seen = null;
        for (var i = 0; i < plan.Count; i++)
        {
            if (plan[i].Runs && plan[i].Step.Secrets.Count > 0)
            {
                Add(plan[i], seen ??= new HashSet<string>(StringComparer.Ordinal), faults);
            }
        }

        return faults;
    }

    private void Add(PlannedStep planned, HashSet<string> seen, List<Fault> faults)
    {
        foreach (var secret in planned.Step.Secrets)
        {
            if (seen.Add($"{secret.Name}\n{secret.Source}") && reader.ProblemOf(secret) is { } problem)
            {
                faults.Add(SecretFaults.Missing(planned.Step, secret, problem));
            }
        }
    }
}
