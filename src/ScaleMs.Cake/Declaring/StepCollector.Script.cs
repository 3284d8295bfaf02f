namespace ScaleMs;

/// <content>What a script says before its tasks are defined.</content>
internal sealed partial class StepCollector
{
    /// <summary>The task of a script that the steps belong to; null for all others.</summary>
    public ScriptTask? Script { get; set; }

    /// <summary>Names of the tasks that make what is read here.</summary>
    public IEnumerable<string> Producers => _steps.SelectMany(step => step.Producers)
        .Concat(_continuations.SelectMany(continuation => (string?[])[continuation.Source?.Step.Task, continuation.After?.Task]).OfType<string>())
        .Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes over what was said; nothing can be added to it any more, but for its continuations, which are parts of this whole.</summary>
    public void Take(StepCollector said)
    {
        _steps.AddRange(said._steps);
        _continuations.AddRange(said._continuations);
        _faults.AddRange(said._faults);
        said._whole = _whole ?? this;
        said._isComplete = true;
    }

    /// <summary>Takes a step back.</summary>
    public void Remove(Step step) => _steps.Remove(step);
}
