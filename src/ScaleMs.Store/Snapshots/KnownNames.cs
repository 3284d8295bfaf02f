using ScaleMs.Core.Model;

namespace ScaleMs.Store.Snapshots;

/// <summary>The paths and instances of an index, each kept once: several records name each.</summary>
internal sealed class KnownNames
{
    /// <summary>A member of more instances than this is rare, and then some are kept twice.</summary>
    private const int MostOfOneName = 16;
    private ArtifactPath?[] _paths = [];
    private StepId[]?[] _steps = [];

    public ArtifactPath Path(BinarySource source)
    {
        var number = source.TextNumber();
        return At(ref _paths, number) ??= ArtifactPath.Parse(source.TextAt(number));
    }

    public StepId Step(BinarySource source)
    {
        var (task, step, number) = (source.Text(), source.TextNumber(), source.TextNumber());
        return Step(task, source.TextAt(step), source.TextAt(number), source.TextAt(number).Length == 0 ? step : number);
    }

    private StepId Step(string task, string step, string member, int number)
    {
        ref var known = ref At(ref _steps, number);
        foreach (var id in known ?? [])
        {
            if (id.Task == task && id.Step == step && id.Member == member)
            {
                return id;
            }
        }

        var added = new StepId(task, step, member);
        known = known is null ? [added] : known.Length < MostOfOneName ? [.. known, added] : known;
        return added;
    }

    private static ref T? At<T>(ref T?[] all, int number)
        where T : class
    {
        if (number >= all.Length)
        {
            Array.Resize(ref all, Math.Max(number + 1, 2 * all.Length));
        }

        return ref all[number];
    }
}
