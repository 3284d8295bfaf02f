using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;

namespace ScaleMs.Engine.Places;

/// <summary>The places of a run, and which of them a step's is.</summary>
internal sealed class StepPlaces
{
    private readonly Dictionary<string, StepPlace> _byName;
    private readonly StepPlace _here;
    private readonly string _usual;

    /// <param name="here">This machine.</param>
    /// <param name="others">The other places.</param>
    /// <param name="usual">The name of the place of steps that name none.</param>
    public StepPlaces(StepPlace here, IEnumerable<StepPlace> others, string usual)
    {
        (_here, _usual) = (here, usual);
        _byName = others.Prepend(here).ToDictionary(place => place.Name, StringComparer.Ordinal);
    }

    /// <summary>All places.</summary>
    public IEnumerable<StepPlace> All => _byName.Values;

    /// <summary>The place of a step. A function that is called in this process runs here, whatever is said.</summary>
    /// <param name="step">The instance.</param>
    /// <returns>The place; this machine for a name that is not known, which is a fault.</returns>
    public StepPlace Of(StepInstance step) =>
        _byName.Count == 1 || step.Operation is Operation.Function { Place: CallPlace.Host } ? _here : _byName.GetValueOrDefault(NameOf(step), _here);

    /// <summary>The site of a step.</summary>
    public ISite SiteOf(StepInstance step) => Of(step).Site;

    /// <summary>What is wrong with where a step is to run; null when nothing is.</summary>
    public Fault? FaultOf(StepInstance step)
    {
        var name = NameOf(step);
        return !_byName.ContainsKey(name) ? Unknown(step, name)
            : !Of(step).IsHere && step.Secrets.Any(secret => secret.File is not null) ? Refused(step, name, "takes a secret in a file, which only this machine can keep off the disk; give it in a variable")
            : Of(step).Refuses(step.Resources) is { } reason ? Refused(step, name, reason)
            : null;
    }

    private string NameOf(StepInstance step) => step.Launcher.Length > 0 ? step.Launcher : _usual;

    private Fault Unknown(StepInstance step, string name) => new(
        "SMS1028", FaultKind.Usage, $"step '{step.Id}' is to run at '{name}', which is no known site", step.DeclaredAt,
        Nearest.To(name, _byName.Keys) is { } near ? $"use '{near}', or describe '{name}' in sites.yaml" : $"describe '{name}' in sites.yaml");

    private static Fault Refused(StepInstance step, string name, string reason) => new(
        "SMS1029", FaultKind.Usage, $"step '{step.Id}' can never run at '{name}': it {reason}", step.DeclaredAt, $"ask for less, or let it run elsewhere with Launcher(\"…\")");
}
