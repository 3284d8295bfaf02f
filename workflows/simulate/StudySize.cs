namespace Simulate;

/// <summary>How long the stages are, in steps; a step of dynamics is 2 fs.</summary>
/// <param name="Minimise">Steps of minimisation.</param>
/// <param name="Equilibrate">Steps of each stage of equilibration.</param>
/// <param name="Produce">Steps of production, per replica.</param>
public sealed record StudySize(long Minimise, long Equilibrate, long Produce)
{
    /// <summary>The sizes by name: <c>smoke</c> takes seconds and shows that everything works, <c>standard</c> a minute or two.</summary>
    public static StudySize Of(string name) => name == "smoke" ? new StudySize(50, 100, 200) : new StudySize(200, 1500, 2500);
}
