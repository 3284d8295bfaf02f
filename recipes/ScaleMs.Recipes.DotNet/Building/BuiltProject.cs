namespace ScaleMs.Recipes.DotNet;

/// <summary>A project with handles to what was made of it.</summary>
/// <param name="Project">The project.</param>
/// <param name="Restored">The step that found its packages.</param>
/// <param name="Built">The step that built it.</param>
public sealed record BuiltProject(Project Project, Step Restored, Step Built)
{
    /// <summary>What the build made: the project's <c>bin</c> folder, with all that it needs to run.</summary>
    public Artifact Bin => Built.Tree(Project.Bin);

    /// <summary>Declares what commands find of a project that was restored.</summary>
    internal static Step AddRestored(Step step, Project project, Step restored)
    {
        foreach (var name in project.Assets.Select(project.InFolder))
        {
            step.Input(name, restored.File(name));
        }

        return step;
    }
}
