using ScaleMs.Core.Events;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;

namespace ScaleMs.Reporting.Wording;

/// <summary>How steps ended and why, as people are told.</summary>
internal static class SettledText
{
    private const int MostNamed = 3;

    public static string Of(StepResult step)
    {
        var time = step.WallSeconds > 0 ? $" ({Human.Duration(step.WallSeconds)})" : string.Empty;
        var why = step.Failure is { } failure ? $"{failure.Class}: {failure.Message}" : step.Reason.Text;
        var continued = step.IsContinued ? ", continued" : string.Empty;
        return $"{step.Id}{time}{continued}: {why}";
    }

    /// <summary>Steps with one outcome and one reason take one text; a continued one is told by itself.</summary>
    public static IEnumerable<(Outcome Outcome, string Text)> Grouped(IEnumerable<StepResult> steps)
    {
        var (groups, byReason) = (new List<Group>(), new Dictionary<string, Group>(StringComparer.Ordinal));
        foreach (var step in steps)
        {
            var reason = step.IsContinued ? step.Id.ToString() : $"{step.Outcome} {step.Reason.Text}";
            if (!byReason.TryGetValue(reason, out var group))
            {
                byReason.Add(reason, group = new Group(step));
                groups.Add(group);
            }

            group.Add(step);
        }

        return groups.Select(group => (group.First.Outcome, group.Text));
    }

    /// <summary>What is told of steps together: tens of thousands may have one reason, so it keeps only those that are named.</summary>
    private sealed class Group(StepResult first)
    {
        private readonly List<StepId> _named = new(1);
        private int _count;
        private double _seconds;

        public StepResult First => first;

        public string Text => _count == 1 ? Of(first) : $"because {first.Reason.Text} ({Human.Count(_count, "step")}{Time}): {string.Join(", ", _named)}{More}";

        private string Time => _seconds > 0 ? $", {Human.Duration(_seconds)} in all" : string.Empty;

        private string More => _count > MostNamed ? ", …" : string.Empty;

        public void Add(StepResult step)
        {
            _count++;
            _seconds += step.WallSeconds;
            if (_count <= MostNamed)
            {
                _named.Add(step.Id);
            }
        }
    }
}
