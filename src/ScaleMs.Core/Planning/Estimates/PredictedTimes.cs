using ScaleMs.Core.Model;
using ScaleMs.Core.Records;

namespace ScaleMs.Core.Planning.Estimates;

/// <summary>Predicts wall times from recorded ones: an instance's own, else the median of its siblings, else that of its task.</summary>
/// <remarks>The medians are made when the first instance without a time of its own is asked for.</remarks>
/// <param name="state">The records.</param>
public sealed class PredictedTimes(StoreState state)
{
    private Dictionary<string, double>? _ofSteps;
    private Dictionary<string, double>? _ofTasks;

    /// <summary>Predicts the time of an instance.</summary>
    /// <param name="step">The instance.</param>
    /// <returns>The time and by what it is told.</returns>
    public Prediction Of(StepId step)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (Recorded(step) is { } own)
        {
            return new Prediction(own, PredictionOrigin.Itself);
        }

        _ofSteps ??= Medians(StepOf);
        if (_ofSteps.TryGetValue(StepOf(step), out var siblings))
        {
            return new Prediction(siblings, PredictionOrigin.Siblings);
        }

        _ofTasks ??= Medians(id => id.Task);
        return _ofTasks.TryGetValue(step.Task, out var task) ? new Prediction(task, PredictionOrigin.Task) : Prediction.Unknown;
    }

    private double? Recorded(StepId step) =>
        state.Steps.TryGetValue(step, out var last) && state.Results.TryGetValue(last.Key, out var result) && result.ImportedFrom is null ? result.WallSeconds : null;

    private Dictionary<string, double> Medians(Func<StepId, string> name)
    {
        var times = new Dictionary<string, List<double>>(StringComparer.Ordinal);
        foreach (var step in state.Steps.Keys)
        {
            if (Recorded(step) is { } seconds)
            {
                (times.TryGetValue(name(step), out var known) ? known : times[name(step)] = []).Add(seconds);
            }
        }

        return times.ToDictionary(pair => pair.Key, pair => Median(pair.Value), StringComparer.Ordinal);
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        var middle = values.Count / 2;
        return values.Count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    private static string StepOf(StepId step) => $"{step.Task}/{step.Step}";
}
