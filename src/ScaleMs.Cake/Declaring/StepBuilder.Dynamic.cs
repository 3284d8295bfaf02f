using System.Globalization;
using System.Runtime.CompilerServices;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <content>Forms whose members are known only while running: bounded loops and expansions.</content>
public sealed partial class StepBuilder
{
    /// <summary>Repeats steps, each time made from what the last time made, until a decision says that it is enough.</summary>
    /// <typeparam name="TRound">The handles of one time round.</typeparam>
    /// <param name="axis">What a time round is called, such as <c>iteration</c>: members are <c>iteration=1</c> and so on.</param>
    /// <param name="max">How many times at most, from 1; that the decision never came is a fault.</param>
    /// <param name="start">What the first time is made from; may be null.</param>
    /// <param name="each">Adds the steps of one time, from the handles of the last one.</param>
    /// <param name="decision">The output of one time that decides: a small text.</param>
    /// <param name="until">Whether that text says that it is enough.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The handles of every time, in order, when the loop has ended.</returns>
    public Deferred<IReadOnlyList<TRound>> Loop<TRound>(
        string axis,
        int max,
        TRound start,
        Func<StepBuilder, TRound, TRound> each,
        Func<TRound, Artifact> decision,
        Predicate<string> until,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(each);
        ArgumentNullException.ThrowIfNull(decision);
        ArgumentNullException.ThrowIfNull(until);
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        _collector.CheckName(axis, "axis", At(file, line));
        var loop = new Rounds<TRound>(axis, max, each, decision, until, At(file, line));
        loop.Add(this, start);
        return loop.Handles;
    }

    /// <summary>Expands over members that a step lists: one for each line of an output, or for each element where it holds a JSON array.</summary>
    /// <typeparam name="THandles">The handles' type.</typeparam>
    /// <param name="axis">What the members are, such as <c>frame</c>.</param>
    /// <param name="list">The output that lists them; empty lines do not count.</param>
    /// <param name="define">Adds the member's steps and returns handles to their outputs.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The handles by member, when the list is known.</returns>
    public Deferred<Members<string, THandles>> Expand<THandles>(
        string axis, Artifact list, Func<StepBuilder, string, THandles> define, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(define);
        return WhenKnown(list, (steps, text) => steps.ForEach(axis, MemberList.Read(text), member => member, define, file, line), file, line);
    }

    private StepBuilder Member(string axis, string label) => new(_collector, _task, _prefix, _member.Length == 0 ? $"{axis}={label}" : $"{_member},{axis}={label}", _use);

    private sealed record Rounds<TRound>(
        string Axis, int Max, Func<StepBuilder, TRound, TRound> Each, Func<TRound, Artifact> Decision, Predicate<string> Until, SourceLocation Where)
    {
        private readonly List<TRound> _done = [];

        public Deferred<IReadOnlyList<TRound>> Handles { get; } = new();

        public void Add(StepBuilder steps, TRound last)
        {
            var round = Each(steps.Member(Axis, (_done.Count + 1).ToString(CultureInfo.InvariantCulture)), last);
            _done.Add(round);
            steps.GoOn(Handles, Decision(round), Decide, Where);
        }

        private void Decide(StepBuilder steps, string text)
        {
            if (Until(text))
            {
                Handles.Resolve(_done);
            }
            else if (_done.Count < Max)
            {
                Add(steps, _done[^1]);
            }
            else
            {
                steps._collector.Report(Exhausted(steps));
            }
        }

        private Fault Exhausted(StepBuilder steps) => new(
            "SMS1031", FaultKind.Definition,
            $"the loop over '{Axis}' of task '{steps._task}'{(steps._member.Length > 0 ? $" [{steps._member}]" : string.Empty)} was not ended by its decision within {Max} {(Max == 1 ? "time" : "times")}",
            Where, "raise the bound, or look at why the decision does not come; --keep-going does what does not follow from the loop");
    }
}
