using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;

namespace ScaleMs.Engine.Importing;

/// <summary>The wording of what keeps results from being imported. Nothing was recorded then.</summary>
internal static class ImportFaults
{
    public static Fault NoFolder(string name) => Usage($"there is no folder '{name}' to import from", default, "name the folder that holds the results");

    public static Fault NoFile(StepInstance step, string problem) => Usage(
        $"step '{step.Id}' cannot be imported: {problem}", step.DeclaredAt, "give a folder that has every output of the step, by its published path, its path in the step, or its published name");

    public static Fault TakenTwice(string file, IReadOnlyList<string> outputs, StepInstance step) => Usage(
        $"'{file}' would be taken as {string.Join(" and as ", outputs)}", step.DeclaredAt, "put the files under the outputs' published paths, or import one step at a time");

    public static Fault HasResult(StepInstance step, Reason reason) => Usage(
        $"step '{step.Id}' has a result already ({reason.Text})", step.DeclaredAt, "leave it out, or import over it with --import-force (--force of the tool)");

    public static Fault Blocked(StepInstance step, Reason reason) => Usage(
        $"step '{step.Id}' cannot be imported, as its key is not known: it {reason.Text}", step.DeclaredAt, "run what is missing first, or import it in the same command");

    public static Fault RunsAlways(StepInstance step) => Usage(
        $"step '{step.Id}' cannot be imported: it is declared to run always, so no result stands for it", step.DeclaredAt, "leave it out");

    public static Fault NotSuccessful(StepInstance step, string problem) => Usage(
        $"step '{step.Id}' cannot be imported: its files do not fulfil its condition of success: {problem}", step.DeclaredAt, "give the files of a finished calculation");

    private static Fault Usage(string what, SourceLocation where, string advice) => new("SMS2010", FaultKind.Usage, what, where, advice);
}
