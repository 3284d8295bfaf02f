using ScaleMs.Core.Events;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Ports;
using ScaleMs.Engine.Running;
using ScaleMs.Store;
using ScaleMs.Store.NullRuns;

namespace ScaleMs.Storm;

/// <summary>What is looked at after a kill: the store, the run that goes on, what it publishes, and that the run after it has nothing to do.</summary>
internal sealed class Aftermath(Space space, Reference reference)
{
    private readonly HashSet<string> _recorded = new(StringComparer.Ordinal);

    /// <summary>What is wrong: a store that does not load, other bytes, a step that did not run although it had to, or a run that fails.</summary>
    public List<string> Wrong { get; } = [];

    /// <summary>Finished steps that ran again although nobody damaged anything.</summary>
    public List<string> Lost { get; } = [];

    /// <summary>Whether the next run would be told from memory; so that it is known how often that was tried.</summary>
    public bool IsConfirmedAtTheEnd { get; private set; }

    /// <summary>Runs to the end and looks.</summary>
    /// <param name="hashesFirst">Whether every blob is hashed before the run, rather than after it.</param>
    public void Check(bool hashesFirst)
    {
        var expected = reference.Of(space.Sources);
        space.TakeLedger();
        if (IsConfirmed())
        {
            Compare("confirmed as up to date, but", expected, Reference.Published(space.Root));
        }

        if (Run(store => Inspect(store, hashesFirst)) is not { } onward)
        {
            return;
        }

        CheckExecuted(onward);
        Compare("published", expected, Reference.Published(space.Root));
        if (Run(store => Inspect(store, hashesBlobs: !hashesFirst)) is { } repeat && repeat.Summary.Counts.UpToDate != repeat.Summary.Steps.Count)
        {
            Wrong.Add("the repeated run had work: " + string.Join(", ", repeat.Summary.Steps.Where(step => step.Outcome != Outcome.UpToDate).Select(step => $"{step.Id} {step.Reason.Text}")));
        }

        IsConfirmedAtTheEnd = IsConfirmed();
        var doubled = File.ReadLines(space.Ledger).GroupBy(line => line, StringComparer.Ordinal).Where(group => group.Skip(1).Any());
        Wrong.AddRange(doubled.Select(group => $"executed twice in one directory: {group.Key}"));
    }

    private bool IsConfirmed() => NullRunMemory.Confirm(space.Root, OpenOptions.DefaultDirectoryName, StudyRun.Circumstances) is not null;

    private RunReport? Run(Action<FileStore> inspect)
    {
        try
        {
            var report = new StudyRun(space.Root) { Cache = space.Cache, Inspect = inspect, Remembers = true, Told = result => space.Tell(StudyRun.NameOf(result)) }.Go();
            if (report.ExitCode == ExitCodes.Done)
            {
                return report;
            }

            Wrong.Add($"the run ended with {report.ExitCode}: " + string.Join(", ", report.Summary.Steps.Where(step => step.Failure is not null).Select(step => $"{step.Id}: {step.Failure!.Message}")));
        }
        catch (Exception exception) when (exception is StoreException or StoreInUseException or FaultException or InvalidOperationException or IOException)
        {
            Wrong.Add($"the run threw: {exception}");
        }

        return null;
    }

    private void Inspect(FileStore store, bool hashesBlobs)
    {
        if (space.Harm != Harm.Journal)
        {
            Wrong.AddRange(store.Damage.Select(damage => $"the journal is damaged: {damage}"));
        }

        var told = space.Told();
        foreach (var result in store.State.Results.Values)
        {
            _recorded.Add($"{result.Step} {result.Key}");
            var served = result.Outputs.Select(output => output.Bytes).Where(digest => hashesBlobs && store.HasBlob(digest));
            Wrong.AddRange(served.Where(digest => Reference.DigestOf(store.BlobPath(digest)) != digest.Hex).Select(digest => $"the store serves other bytes as {digest}"));
        }

        if (space.Harm is Harm.None or Harm.Shared)
        {
            Lost.AddRange(told.Except(_recorded).Select(name => $"told as done, and no record: {name}"));
        }
    }

    private void CheckExecuted(RunReport onward)
    {
        var executed = onward.Summary.Steps.Where(step => step.Outcome == Outcome.Executed).ToList();
        // The steps' own word: what ran in directories of this run.
        var ran = File.ReadLines(space.Ledger).Count(line => line.Contains($"-{onward.Summary.Run}-", StringComparison.Ordinal));
        if (ran != executed.Sum(step => step.Attempts.Count))
        {
            Wrong.Add($"the run tells {executed.Count} executed steps, but {ran} ran");
        }

        if (space.Harm is Harm.None or Harm.Shared)
        {
            Lost.AddRange(executed.Where(step => _recorded.Contains(StudyRun.NameOf(step)) && !HadToBeMadeAgain(step)).Select(step => $"ran again: {StudyRun.NameOf(step)} {step.Reason.Text}"));
        }
    }

    /// <summary>Sources come back to what they were, and bytes that are not kept do not.</summary>
    private static bool HadToBeMadeAgain(StepResult step) => Study.GivesUpBytes(step.Id) && step.Reason.Code is "bytes-gone" or "bytes-demanded";

    private void Compare(string what, SortedDictionary<string, string> expected, SortedDictionary<string, string> found)
    {
        foreach (var path in expected.Keys.Union(found.Keys).Where(path => expected.GetValueOrDefault(path) != found.GetValueOrDefault(path)))
        {
            Wrong.Add($"{what} {path} is {found.GetValueOrDefault(path) ?? "not there"}, should be {expected.GetValueOrDefault(path) ?? "not there"}");
        }
    }
}
