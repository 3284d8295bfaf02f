using ScaleMs.Core.Model;

namespace ScaleMs;

/// <content>A step of a script.</content>
public sealed partial class Step
{
    /// <summary>The task of a script that the step belongs to.</summary>
    internal ScriptTask Script => _collector.Script
        ?? throw new InvalidOperationException($"Step '{Id}' is none that a script declares by Step or Steps ({_where}): only those are said to depend on tasks by name.");

    /// <summary>Names of the tasks whose outputs it reads.</summary>
    internal IEnumerable<string> Producers => _inputs.ToArray().Select(input => input.Source).OfType<InputSource.StepOutput>().Select(source => source.Step.Task);

    /// <summary>The files that a pattern names. That there are none is this step's fault, which a run of other tasks does not mind.</summary>
    internal IReadOnlyList<SourceFile> FilesOf(string pattern)
    {
        var files = Script.Context.Glob(pattern, allowNone: true, file: _where.File, line: _where.Line);
        if (files.Count == 0)
        {
            _collector.Report(ScaleMsContext.NoFile(pattern, _where, "check the pattern; of a step that may go without, take Sources(pattern, allowNone: true)"));
        }

        return files;
    }

    internal void Withdraw() => _collector.Remove(this);

    /// <summary>Another step, of which is said what was said of this one by now.</summary>
    internal Step As(StepId id)
    {
        var other = (Step)MemberwiseClone();
        other.Id = id;
        other.Separate();
        return other;
    }

    /// <summary>What is changed in place is this step's own from now on. Arrays are not: they are shared until they grow.</summary>
    private void Separate()
    {
        Trim(ref _inputs);
        Trim(ref _templates);
        Trim(ref _outputs);
        Trim(ref _commands);
        Trim(ref _tools);
        Trim(ref _conditions);
        Trim(ref _checkpoint);
        Trim(ref _secrets);
        _environment = _environment is null ? null : new(_environment, StringComparer.Ordinal);
        _passed = _passed is null ? null : new(_passed, StringComparer.Ordinal);
        _parameters = _parameters is null ? null : new(_parameters, StringComparer.Ordinal);
        _tokens = _tokens is null ? null : new(_tokens, StringComparer.Ordinal);
    }

    private static void Trim<T>(ref Declared<T> declared)
        where T : class => declared.ToArray();
}
