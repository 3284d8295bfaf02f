using System.Globalization;
using ScaleMs.Core.Model;
using ScaleMs.Reporting.Files;

namespace ScaleMs.Tool.Explaining;

/// <summary>The kept runs of a store. A run keeps what it changed, so what a step stood at after it is told by the newest run until then that changed the step.</summary>
/// <param name="summaries">The runs' summaries, newest first.</param>
internal sealed class RunHistory(IReadOnlyList<string> summaries)
{
    private readonly Dictionary<string, KeptRun?> _read = new(StringComparer.Ordinal);

    /// <summary>The ids, newest first.</summary>
    public IReadOnlyList<string> Ids { get; } = [.. summaries.Select(IdOf)];

    /// <summary>The run that somebody means: an id or the beginning of one, <c>last</c>, or <c>last~2</c> for the one two before it.</summary>
    /// <param name="text">What was given.</param>
    /// <returns>The id; null when it is none, or not one alone.</returns>
    public string? Find(string text)
    {
        if (text.StartsWith("last", StringComparison.Ordinal))
        {
            var back = text["last".Length..] is ['~', .. var number] ? number : "0";
            return int.TryParse(back, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < Ids.Count ? Ids[at] : null;
        }

        var meant = Ids.Where(id => id.StartsWith(text, StringComparison.Ordinal)).Take(2).ToList();
        return meant.Count == 1 ? meant[0] : null;
    }

    /// <summary>Steps that a run after the older of the two changed, up to the newer.</summary>
    public IEnumerable<StepId> ChangedBetween(string one, string other)
    {
        var (older, newer) = string.CompareOrdinal(one, other) < 0 ? (one, other) : (other, one);
        return Runs(newer).TakeWhile(run => string.CompareOrdinal(run.Id, older) > 0).SelectMany(run => run.Steps).Select(step => step.Id).Distinct().Order(Comparer<StepId>.Default);
    }

    /// <summary>What a step stood at after a run; null when no kept run tells.</summary>
    public KeptStep? At(string run, StepId step) => Runs(run).SelectMany(kept => kept.Steps).FirstOrDefault(kept => kept.Id == step);

    /// <summary>The run that changed a step so.</summary>
    public string? RunOf(KeptStep step) => _read.Values.OfType<KeptRun>().FirstOrDefault(run => run.Steps.Contains(step, ReferenceEqualityComparer.Instance))?.Id;

    /// <summary>The runs up to one, newest first, each read once.</summary>
    private IEnumerable<KeptRun> Runs(string newest) => summaries.Where(path => string.CompareOrdinal(IdOf(path), newest) <= 0).Select(Read).OfType<KeptRun>();

    private KeptRun? Read(string path)
    {
        if (!_read.TryGetValue(path, out var run))
        {
            _read[path] = run = SummaryReader.TryRead(path);
        }

        return run;
    }

    private static string IdOf(string summary) => Path.GetFileName(Path.GetDirectoryName(summary)!);
}
