using System.Globalization;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;

namespace ScaleMs.Core.Faults;

/// <summary>The wording of every fault in a workflow's definition, in one place.</summary>
internal static class WorkflowFaults
{
    public static Fault DuplicateStep(StepInstance step, StepInstance other) => Definition(
        "SMS1001", $"two steps are called '{step.Id}' (the other at {other.DeclaredAt})", step.DeclaredAt,
        "give one another name, or the members of an expansion different names");

    public static Fault SamePublishedPath(StepInstance step, StepInstance other, ArtifactPath path) => Definition(
        "SMS1002", $"steps '{other.Id}' and '{step.Id}' both publish '{path}' (the other at {other.DeclaredAt})", step.DeclaredAt,
        "publish one of them elsewhere; a member's path should hold the member's name");

    public static Fault PublishedInside(StepInstance step, ArtifactPath path, StepInstance other, ArtifactPath parent, bool isTree) => Definition(
        "SMS1002", $"step '{step.Id}' publishes '{path}' below '{parent}', which step '{other.Id}' publishes {(isTree ? "whole" : "as a file")}", step.DeclaredAt,
        "publish one of them elsewhere");

    public static Fault UnknownProducer(StepInstance step, Input input, StepId producer) => Definition(
        "SMS1005", $"step '{step.Id}' needs '{input.Name}' from step '{producer}', which is not defined", step.DeclaredAt,
        $"let the task depend on task '{producer.Task}', or take it as a constructor argument");

    public static Fault UnknownOutput(StepInstance step, Input input, StepInstance producer, ArtifactPath output) => Definition(
        "SMS1005", $"step '{step.Id}' needs '{output}' of step '{producer.Id}', which declares no such output", step.DeclaredAt,
        producer.Outputs.FirstOrDefault(tree => tree.Covers(output)) is { } whole
            ? $"which files are in '{whole.Path}' is known when it is made: take all of it with Tree(\"{whole.Path}\"), or name its files in an Expand over it" :
        Nearest.To(output.Value, producer.Outputs.Select(o => o.Path.Value)) is { } near
            ? $"use '{near}', or declare '{output}' as an output of '{producer.Id}' for its input '{input.Name}'"
            : $"declare '{output}' as an output of '{producer.Id}'");

    public static Fault Cycle(IReadOnlyList<string> path, SourceLocation where) => Definition(
        "SMS1006", $"the workflow goes round in a circle: {string.Join(" → ", path)}", where,
        "remove one of these dependencies");

    public static Fault SourceIsOutput(StepInstance step, string path, StepInstance producer) => Definition(
        "SMS1007", $"step '{step.Id}' reads '{path}' as a source file, but step '{producer.Id}' publishes it", step.DeclaredAt,
        $"use the handle of '{producer.Id}' as the input, so that the order is known");

    public static Fault UndeclaredProgram(StepInstance step, string program) => Definition(
        "SMS1008", $"step '{step.Id}' runs '{program}', which it declares neither as a tool nor as an input", step.DeclaredAt,
        program.StartsWith("./", StringComparison.Ordinal)
            ? $"declare '{program[2..]}' as an input, or run a tool by its name"
            : $"declare it with Tool(\"{program}\"), or run a declared input as './{program}'");

    public static Fault UndeclaredStandardInput(StepInstance step, Command command) => Definition(
        "SMS1008", $"step '{step.Id}' gives '{command.Program}' the file '{command.StandardInputFile}' on standard input, which it does not declare", step.DeclaredAt,
        Nearest.To(command.StandardInputFile!.Value, step.Inputs.Select(input => input.Name.Value).Concat(step.Templates.Select(template => template.Name.Value))) is { } near
            ? $"use '{near}', or declare '{command.StandardInputFile}' as an input"
            : $"declare '{command.StandardInputFile}' as an input, or give a text with Answering");

    public static Fault NameTakenTwice(StepInstance step, ArtifactPath name) => Definition(
        "SMS1009", $"step '{step.Id}' uses the name '{name}' twice in its directory", step.DeclaredAt,
        "give each input, template and output its own name; a file edited in place is declared with Edit");

    public static Fault NameInsideFile(StepInstance step, ArtifactPath name, ArtifactPath parent, bool isTree) => Definition(
        "SMS1009", $"step '{step.Id}' uses the name '{name}' below '{parent}', which is {(isTree ? "a whole input or output" : "a file in its directory")}", step.DeclaredAt,
        "give one of them another name");

    public static Fault NoOutput(StepInstance step) => Definition(
        "SMS1011", $"step '{step.Id}' declares no output, so it could never be up to date", step.DeclaredAt,
        "declare an output, or say Always() of a step that is to run each time");

    public static Fault InPlaceNotPublished(StepInstance step, Output output) => Definition(
        "SMS1012", $"step '{step.Id}' keeps '{output.Path}' in place, but publishes it nowhere", step.DeclaredAt,
        "say where it is published, or leave out StoreAs.InPlace");

    public static Fault NothingToDo(StepInstance step) => Definition(
        "SMS1011", $"step '{step.Id}' has nothing to do", step.DeclaredAt, "add Run or Call");

    public static Fault UnknownTaskDependency(WorkflowTask task, string dependency, string? near) => Definition(
        "SMS1016", $"task '{task.Name}' depends on '{dependency}', which is not defined", default,
        near is null ? "define the task, or remove the dependency" : $"use '{near}'");

    public static Fault CheckpointNotOutput(StepInstance step, ArtifactPath path) => Definition(
        "SMS1017", $"step '{step.Id}' lists '{path}' in its checkpoint and also as an input", step.DeclaredAt,
        "a checkpoint holds files that the step itself writes");

    public static Fault ExitIsSuccessAndRetry(StepInstance step, int code) => Definition(
        "SMS1050", string.Create(CultureInfo.InvariantCulture, $"step '{step.Id}' takes exit code {code} for success, and also asks to be tried again after it"), step.DeclaredAt,
        "leave it out of AllowExit or of RetriesOnExit; 0 is always success");

    public static Fault NothingToGrow(StepInstance step, string what, string argument) => Definition(
        "SMS1051", $"step '{step.Id}' lets its {what} grow, but claims none", step.DeclaredAt,
        $"say what it begins with: Resources({argument}: \"…\")");

    public static Fault UnknownContent(Continuation continuation, InputSource.StepOutput source, StepInstance? producer) => Definition(
        "SMS1030",
        producer is null
            ? $"task '{continuation.Task}' goes on when '{source.Output}' of step '{source.Step}' is known, but that step is not defined"
            : $"task '{continuation.Task}' goes on when '{source.Output}' of step '{source.Step}' is known, but that step declares no such output",
        continuation.DeclaredAt,
        producer is not null && Nearest.To(source.Output.Value, producer.Outputs.Select(output => output.Path.Value)) is { } near
            ? $"use '{near}', or declare '{source.Output}' as an output of '{producer.Id}'"
            : producer is null ? $"let the task depend on task '{source.Step.Task}', or take it as a constructor argument" : $"declare '{source.Output}' as an output of '{producer.Id}'");

    public static Fault UnknownHandles(Continuation continuation) => Definition(
        "SMS1030", $"task '{continuation.Task}' waits for handles that no task of this run declares", continuation.DeclaredAt,
        "let the task depend on the task that declares them, or take it as a constructor argument");

    public static Fault PatternMeetsOutput(SourcePattern looked, string path, StepInstance producer) => Definition(
        "SMS1007", $"the definition looks for source files with '{looked.Pattern}', and step '{producer.Id}' publishes '{path}' there", looked.DeclaredAt,
        $"use the handle of '{producer.Id}', or publish elsewhere: what the last run left is no source");

    private static Fault Definition(string code, string what, SourceLocation where, string advice) =>
        new(code, FaultKind.Definition, what, where, advice);
}
