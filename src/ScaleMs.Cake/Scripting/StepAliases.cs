using System.Runtime.CompilerServices;
using Cake.Core;
using Cake.Core.Annotations;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <summary>Steps in <c>.cake</c> scripts, beside <c>Task(…)</c>: declared inputs and outputs, run only when something that counts has changed.</summary>
/// <example>
/// <code>
/// var list = Step("list").Inputs("words.txt").Command("sort", "words.txt").OutputTo("list.txt").Output("list.txt");
/// Step("count").Input("list.txt", list.File("list.txt")).Command("wc", "-l", "list.txt").OutputTo("count.txt").Outputs("count.txt");
/// RunTarget(Argument("target", "count"));
/// </code>
/// </example>
[CakeAliasCategory("ScaleMs")]
[CakeNamespaceImport("ScaleMs.Core.Identity")]
[CakeNamespaceImport("ScaleMs.Core.Model")]
[CakeNamespaceImport("ScaleMs.Scripting")]
public static class StepAliases
{
    /// <summary>Registers a task that is one step.</summary>
    /// <param name="context">The script's context.</param>
    /// <param name="name">The name of the task and of the step: letters, digits, <c>-</c>, <c>_</c>, <c>.</c> and <c>+</c>.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The step, to be described further; it is also the handle to its outputs.</returns>
    /// <exception cref="CakeException">Cake's own engine runs, or there is such a task.</exception>
    [CakeMethodAlias]
    [CakeAliasCategory("Steps")]
    public static Step Step(this ICakeContext context, string name, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        ScriptSteps.Of(context, $"Task '{name}'").Add(context, name, new SourceLocation(file, line)).Steps.Step(name, file, line);

    /// <summary>Registers a task of several steps, members or recipes: <c>Steps("produce").ForEach(…)</c>, <c>Steps("prepare").Use(…)</c>.</summary>
    /// <param name="context">The script's context.</param>
    /// <param name="name">The name of the task.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>What takes the steps; each of its calls takes more of them.</returns>
    /// <exception cref="CakeException">Cake's own engine runs, or there is such a task.</exception>
    [CakeMethodAlias]
    [CakeAliasCategory("Steps")]
    public static StepBuilder Steps(this ICakeContext context, string name, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        ScriptSteps.Of(context, $"Task '{name}'").Add(context, name, new SourceLocation(file, line)).Steps;

    /// <summary>The context of the script's steps: secrets, tables and variables that decide which steps there are.</summary>
    /// <param name="context">The script's context.</param>
    /// <returns>The context; its files are below the script's folder.</returns>
    /// <exception cref="CakeException">Cake's own engine runs.</exception>
    [CakePropertyAlias(Cache = true)]
    [CakeAliasCategory("Definition")]
    public static ScaleMsContext Study(this ICakeContext context) => ScriptSteps.Of(context, "The script").ContextOf(context);

    /// <summary>The parameters of the script's steps, set with <c>--set name=value</c>: <c>var copies = Parameters.Integer("copies", 4, 1, 100);</c></summary>
    /// <param name="context">The script's context.</param>
    /// <returns>The parameters.</returns>
    /// <exception cref="CakeException">Cake's own engine runs.</exception>
    [CakePropertyAlias(Cache = true)]
    [CakeAliasCategory("Definition")]
    public static ParameterSet Parameters(this ICakeContext context) => context.Study().Parameters;

    /// <summary>A file below the script's folder.</summary>
    /// <param name="context">The script's context.</param>
    /// <param name="path">The path, with <c>/</c>.</param>
    /// <returns>The file, as an input or template of steps.</returns>
    [CakeMethodAlias]
    [CakeAliasCategory("Sources")]
    public static SourceFile Source(this ICakeContext context, string path) => context.Study().Source(path);

    /// <summary>Files below the script's folder that a pattern names: a file that comes or goes is noticed.</summary>
    /// <param name="context">The script's context.</param>
    /// <param name="pattern">A pattern such as <c>texts/*.txt</c>: <c>*</c> is any text in a name, <c>?</c> one character, <c>**</c> any number of folders.</param>
    /// <param name="allowNone">Whether there may be no such file; else that is a fault.</param>
    /// <param name="except">Names of folders that are passed over wherever the pattern leads to one, such as <c>bin</c>; what changes in there is not noticed.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The files in ordinal order of their paths.</returns>
    [CakeMethodAlias]
    [CakeAliasCategory("Sources")]
    public static IReadOnlyList<SourceFile> Sources(
        this ICakeContext context, string pattern, bool allowNone = false, IReadOnlyList<string>? except = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        context.Study().Glob(pattern, allowNone, except, file, line);

    /// <summary>A whole folder below the script's folder, hidden files included: a file that comes or goes is noticed.</summary>
    /// <param name="context">The script's context.</param>
    /// <param name="path">The folder.</param>
    /// <param name="allowNone">Whether it may hold no file; else that is a fault.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The folder, as an input of steps.</returns>
    [CakeMethodAlias]
    [CakeAliasCategory("Sources")]
    public static SourceFolder SourceFolder(
        this ICakeContext context, string path, bool allowNone = false, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        context.Study().Folder(path, allowNone, file: file, line: line);
}
