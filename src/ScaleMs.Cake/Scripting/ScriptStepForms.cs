using System.Runtime.CompilerServices;

namespace ScaleMs.Scripting;

/// <summary>Short forms for steps of a <c>.cake</c> script, in which files mostly keep their own names.</summary>
public static class ScriptStepForms
{
    /// <summary>Declares files below the script's folder as inputs, each under its own path.</summary>
    /// <param name="step">The step.</param>
    /// <param name="paths">Paths or patterns, such as <c>src/main.c</c> or <c>src/*.h</c>; a file that comes or goes is noticed.</param>
    /// <returns>The step.</returns>
    public static Step Inputs(this Step step, params IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(paths);
        foreach (var path in paths)
        {
            step.Inputs(path.AsSpan().ContainsAny('*', '?') ? step.FilesOf(path) : [step.Script.Context.Source(path)]);
        }

        return step;
    }

    /// <summary>Declares files as inputs, each under its own path.</summary>
    /// <param name="step">The step.</param>
    /// <param name="files">The files.</param>
    /// <returns>The step.</returns>
    public static Step Inputs(this Step step, params IEnumerable<SourceFile> files)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(files);
        foreach (var file in files)
        {
            step.Input(file.Path, file);
        }

        return step;
    }

    /// <summary>Declares what other steps make as inputs, each under the path that it has there.</summary>
    /// <param name="step">The step.</param>
    /// <param name="artifacts">The handles.</param>
    /// <returns>The step.</returns>
    public static Step Inputs(this Step step, params IEnumerable<Artifact> artifacts)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(artifacts);
        foreach (var artifact in artifacts)
        {
            step.Input(artifact.Path, artifact);
        }

        return step;
    }

    /// <summary>Declares outputs that are published under their own paths, below the script's folder.</summary>
    /// <param name="step">The step.</param>
    /// <param name="paths">The paths.</param>
    /// <returns>The step.</returns>
    public static Step Outputs(this Step step, params IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(paths);
        foreach (var path in paths)
        {
            step.Output(path, publish: path);
        }

        return step;
    }

    /// <summary>Runs a program and declares it as a tool, known by the bytes of its executable: <c>Tool(program).Run(program, …)</c>.</summary>
    /// <param name="step">The step.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">The arguments, each as the program will see it; never through a shell.</param>
    /// <returns>The step.</returns>
    public static Step Command(this Step step, string program, params string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.Tool(program).Run(program, arguments);
    }

    /// <summary>Makes the step one of each item. What was said of it before holds for each of them.</summary>
    /// <typeparam name="TItem">The items' type.</typeparam>
    /// <param name="step">The step.</param>
    /// <param name="axis">What the items are, such as <c>replica</c>; the first half of the member's name.</param>
    /// <param name="items">The items.</param>
    /// <param name="define">Describes the step of an item.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The steps by member.</returns>
    public static Members<TItem, Step> ForEach<TItem>(
        this Step step, string axis, IEnumerable<TItem> items, Func<Step, TItem, Step> define, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        step.ForEach(axis, items, item => item!, define, file, line);

    /// <summary>Makes the step one of each item. What was said of it before holds for each of them.</summary>
    /// <typeparam name="TItem">The items' type.</typeparam>
    /// <param name="step">The step.</param>
    /// <param name="axis">What the items are, such as <c>source</c>; the first half of the member's name.</param>
    /// <param name="items">The items.</param>
    /// <param name="name">The item's own name, such as that of a file; the second half of the member's name.</param>
    /// <param name="define">Describes the step of an item.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The steps by member.</returns>
    public static Members<TItem, Step> ForEach<TItem>(
        this Step step,
        string axis,
        IEnumerable<TItem> items,
        Func<TItem, object> name,
        Func<Step, TItem, Step> define,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(define);
        var steps = step.Script.Steps;
        step.Withdraw();
        return steps.ForEach(axis, items, name, (member, item) => define(member.Like(step), item), file, line);
    }
}
