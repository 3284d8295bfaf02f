using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <summary>The wording of faults in recipes and in their use.</summary>
internal static class RecipeFaults
{
    public static Fault NoSuchStep(StepOverride change, string recipe, IReadOnlyCollection<string> names) => Definition(
        "SMS1021", $"{recipe} has no step '{change.Step}' to override", change.Where,
        (Nearest.To(change.Step, names) is { } near ? $"use '{near}'; " : string.Empty) + (names.Count == 0 ? "the recipe declares no step" : $"its steps are {Quoted(names)}"));

    public static Fault OverrideThrew(StepId step, StepOverride change, string recipe, Exception exception) => Definition(
        "SMS1022", $"the override of step '{step}' of {recipe} threw {Told(exception)}", change.Where,
        "correct the override; it only describes, with the step that it is given");

    public static Fault RecipeThrew(string task, string name, string recipe, Exception exception, SourceLocation where) => Definition(
        "SMS1023", $"{recipe}{(name.Length > 0 ? $", used as '{name}' in task '{task}'," : $", used in task '{task}',")} could not be defined: {Told(exception)}", where,
        "correct the options that it is given; if they are right, this is a mistake of the package");

    public static Fault BuiltForAnother(string package, Version built, Version now, SourceLocation where) => Definition(
        "SMS1024", $"package {package} was built for ScaleMs {built.ToString(2)}, but this is ScaleMs {now.ToString(2)}", where,
        built < now ? "use a newer version of the package, or the ScaleMs that it was built for" : $"use ScaleMs {built.ToString(2)} or later, or an older version of the package");

    public static Fault BadOption(string recipe, string option, string value, string range, SourceLocation where) => Definition(
        "SMS1025", $"option '{option}' of {recipe} cannot be {value}", where, $"give {range}");

    public static Fault NoSuchOutput(StepId step, string output, IReadOnlyList<string> outputs, SourceLocation where) => Definition(
        "SMS1026", $"step '{step}' has no output '{output}' to change", where,
        (Nearest.To(output, outputs) is { } near ? $"use '{near}'; " : string.Empty) + (outputs.Count == 0 ? "it declares none" : $"its outputs are {Quoted(outputs)}"));

    public static Fault TaskThrew(string task, string further, Exception exception, string advice) => Definition(
        "SMS1019", $"task '{task}' could not be defined{further}: {Told(exception)}", AuthorsPlace.Of(exception), advice);

    private static string Told(Exception exception) => $"{exception.GetType().Name}: {exception.Message}";

    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));

    private static Fault Definition(string code, string what, SourceLocation where, string advice) => new(code, FaultKind.Definition, what, where, advice);
}
