using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;

namespace ScaleMs.Core.Graph;

/// <summary>Checks of the secrets that one step is given.</summary>
internal static class SecretChecks
{
    public static IEnumerable<Fault> Of(StepInstance step) => step.Secrets.Count == 0 ? [] : OfSecrets(step);

    private static IEnumerable<Fault> OfSecrets(StepInstance step)
    {
        if (step.Operation is Operation.Function { Place: CallPlace.Host })
        {
            yield return SecretFaults.InProcess(step);
        }

        var taken = new HashSet<string>(step.Environment.Keys, StringComparer.Ordinal);
        foreach (var secret in step.Secrets.Where(secret => secret.Variable is { } variable && !taken.Add(variable)))
        {
            yield return SecretFaults.VariableTakenTwice(step, secret.Variable!);
        }

        foreach (var secret in step.Secrets)
        {
            // Passed on under its own name, nothing would keep it out of the log and the outputs of other steps either.
            if (secret.Source is SecretSource.FromEnvironment source && step.PassedEnvironment.Contains(source.Variable, StringComparer.Ordinal))
            {
                yield return SecretFaults.Passed(step, secret, source.Variable);
            }
        }
    }
}
