using System.Runtime.CompilerServices;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <summary>Collects the steps of one task. It describes; nothing runs while a workflow is being defined.</summary>
public sealed partial class StepBuilder
{
    private readonly StepCollector _collector;
    private readonly string _task;
    private readonly string _prefix;
    private readonly string _member;
    private readonly RecipeUse? _use;

    internal StepBuilder(StepCollector collector, string task, string prefix = "", string member = "", RecipeUse? use = null)
    {
        _use = use;
        _collector = collector;
        _task = task;
        _prefix = prefix;
        _member = member;
    }

    /// <summary>Adds a step.</summary>
    /// <param name="name">The step's name inside the task: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>; the task's own name is left out of the id.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The step, to be described further; it is also the handle to its outputs.</returns>
    public Step Step(string name, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var where = At(file, line);
        _collector.CheckName(name, "step", where);
        return _collector.Add(new Step(_collector, new StepId(_task, _prefix + name, _member), where) { Recipe = _prefix.TrimEnd('.') });
    }

    /// <summary>Expands over items: each becomes a member with steps of its own.</summary>
    /// <typeparam name="TItem">The items' type.</typeparam>
    /// <typeparam name="THandles">The handles' type.</typeparam>
    /// <param name="axis">What the items are, such as <c>replica</c>; the first half of the member's name.</param>
    /// <param name="items">The items; their order does not matter to the keys.</param>
    /// <param name="name">The item's own name, such as its number; the second half of the member's name.</param>
    /// <param name="define">Adds the member's steps and returns handles to their outputs.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The handles by member.</returns>
    public Members<TItem, THandles> ForEach<TItem, THandles>(
        string axis,
        IEnumerable<TItem> items,
        Func<TItem, object> name,
        Func<StepBuilder, TItem, THandles> define,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(define);
        var members = new List<(TItem, THandles)>();
        foreach (var item in items)
        {
            var label = Invariant.Text(name(item));
            _collector.CheckName(axis, "axis", At(file, line));
            _collector.CheckName(label, "member", At(file, line));
            var member = _member.Length == 0 ? $"{axis}={label}" : $"{_member},{axis}={label}";
            members.Add((item, define(new StepBuilder(_collector, _task, _prefix, member, _use), item)));
        }

        return new Members<TItem, THandles>(members);
    }

    /// <summary>Reports something wrong with the definition; all faults are told at once after the definition is complete.</summary>
    /// <param name="what">What is wrong, one sentence without a full stop.</param>
    /// <param name="advice">What to do.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public void Fault(string what, string advice, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        _collector.Report(new Fault("SMS1020", FaultKind.Definition, what, At(file, line), advice));

    /// <summary>The task of a script that the steps belong to.</summary>
    internal ScriptTask Script => _collector.Script ?? throw new InvalidOperationException($"Task '{_task}' is no task of a script: what it depends on is said by its class.");

    /// <summary>Takes over the steps of a script.</summary>
    internal void Take(StepCollector said) => _collector.Take(said);

    /// <summary>Adds a step of this member, of which is said what was said of another one.</summary>
    internal Step Like(Step step) => _collector.Add(step.As(step.Id with { Member = _member }));

    private SourceLocation At(string file, int line) => new(file, line) { UsedAt = _use?.UsedAt };
}
