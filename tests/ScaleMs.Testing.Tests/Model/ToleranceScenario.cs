using System.Globalization;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using Xunit;

namespace ScaleMs.Testing.Tests.Model;

/// <summary>A step whose numbers wander, another that reads them, and what users, crashes and the disk do between the runs.</summary>
internal sealed class ToleranceScenario
{
    private const string Table = "results/table.dat";
    private const string Copy = "results/copy.txt";

    private readonly Choices _choices;
    private readonly List<string> _told;
    private readonly WorkflowTest _study;
    private int _variant;
    private int _tolerance = 3;
    private Keep _keep = Keep.Always;
    private StoreAs _store = StoreAs.Blob;
    private (string Text, int Tolerance)? _stands;

    public ToleranceScenario(int[] numbers, List<string> told)
    {
        (_choices, _told) = (new Choices(numbers), told);
        _study = WorkflowTest.Of(Define)
            .Script("workflow/measure", step => Write(step, Made))
            .Script("workflow/read", step => Write(step, step.Read("in.dat")));
    }

    /// <summary>The number wanders with the variant; the remark never repeats.</summary>
    private string Made => FormattableString.Invariant($"# variant {_variant}\n{Number(_variant)}\n");

    public void Play()
    {
        for (var rounds = 0; rounds == 0 || (rounds < 20 && _choices.AreLeft); rounds++)
        {
            for (var edits = rounds == 0 ? 0 : 1 + _choices.Next(3); edits > 0; edits--)
            {
                Edit();
            }

            if (_choices.Next(3) == 1)
            {
                _study.Run(new SimulatedRunOptions { CrashAtChange = 1 + _choices.Next(60) });
                _told.Add("crashes somewhere");
                // Where it got to is not told apart here: what stands for the table is read from the records.
                _stands = Standing();
            }

            Run();
            _study.Run().ExecutesNothing();
        }
    }

    private void Run()
    {
        var former = _stands is { } stands && stands.Tolerance == _tolerance && IsAtHand(stands.Text) ? stands.Text : null;
        var run = _study.Run();
        Assert.Equal("done", run.Run.Report!.Summary.Outcome);
        var (table, copy) = (_study.Text(Table)!, _study.Text(Copy)!);
        _told.Add($"runs {string.Join(' ', run.ExecutedSteps)}: {table.ReplaceLineEndings(" ")}");
        Assert.Equal(table, copy);
        Assert.InRange(Math.Abs(NumberIn(table) - Number(_variant)), 0, _tolerance);
        if (run.ExecutedSteps.Contains("workflow/measure"))
        {
            Assert.Equal(former is not null && Math.Abs(NumberIn(former) - Number(_variant)) <= _tolerance ? former : Made, table);
        }

        _stands = (table, _tolerance);
        Assert.Equal(_stands, Standing());
    }

    private void Edit()
    {
        var kinds = new Func<string>[]
        {
            () => $"variant {_variant = _choices.Next(40)}", () => $"variant {_variant = _choices.Next(40)}", () => $"variant {++_variant}",
            () => $"tolerance {_tolerance = _choices.Of([3, 3, 3, 4])}", () => $"keep {_keep = _choices.Of([Keep.Always, Keep.UntilConsumed, Keep.Never])}",
            () => $"store {_store = _choices.Of([StoreAs.Blob, StoreAs.InPlace])}",
            () => ForFile("results", "delete", _study.Host.Disk.Delete), () => ForFile("results", "edit", EditFile),
            () => ForFile(".scalems/blobs", "delete", _study.Host.Disk.Delete), () => ForFile(".scalems/blobs", "edit", EditFile),
        };
        _told.Add(_choices.Of(kinds)());
    }

    private void EditFile(string file) => _study.Host.Disk.Write(file, "3\n");

    private string ForFile(string directory, string what, Action<string> edit)
    {
        var files = _study.Host.Disk.Files(SimulatedHost.PathOf(directory));
        if (files.Count == 0)
        {
            return "nothing";
        }

        var file = _choices.Of(files);
        edit(file);
        return $"{what} {file}";
    }

    private bool IsAtHand(string text) => _study.Text(Table) == text || _study.Text(Copy) == text || _study.Host.Store.HasBlob(Digest.OfText(text));

    /// <summary>What the records say stands for the table: which text has the bytes of the result that the step stands at.</summary>
    private (string Text, int Tolerance)? Standing()
    {
        var state = new Core.Records.StoreState();
        _study.Host.Store.Journal.ToList().ForEach(state.Apply);
        if (!state.Steps.TryGetValue(StepId.Parse("workflow/measure"), out var stands))
        {
            return null;
        }

        var record = state.Results[stands.Key].Outputs[0];
        var text = Enumerable.Range(0, _variant + 100).Select(variant => FormattableString.Invariant($"# variant {variant}\n{Number(variant)}\n")).First(text => Digest.OfText(text) == record.Bytes);
        return (text, record.RuleName == Rule(3).Name ? 3 : 4);
    }

    private void Define(StepBuilder steps)
    {
        var table = steps.Step("measure").Tool("sh").Run("sh", "measure").Parameter("variant", _variant).Output("table.dat", Rule(_tolerance), publish: Table, keep: _keep, store: _store);
        steps.Step("read").Tool("sh").Run("sh", "read").Input("in.dat", table.File("table.dat")).Output("copy.txt", publish: Copy);
    }

    private static ToleranceIdentity Rule(int tolerance) => new(absolute: tolerance);

    /// <summary>Small steps that come back.</summary>
    private static int Number(int variant) => variant % 20 < 10 ? variant % 20 : 20 - (variant % 20);

    private static int NumberIn(string text) => int.Parse(text.Split('\n')[^2], CultureInfo.InvariantCulture);

    private static ScriptedEnd Write(ScriptedStep step, string text)
    {
        step.Write(step.Outputs[0], text);
        return ScriptedEnd.Done;
    }
}
