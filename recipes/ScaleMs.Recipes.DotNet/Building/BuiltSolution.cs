namespace ScaleMs.Recipes.DotNet;

/// <summary>A solution with handles to what was made of each project, for <see cref="TestProjects"/>, <see cref="PackProjects"/> and steps of your own.</summary>
/// <param name="Recipe">How it was built.</param>
/// <param name="Projects">The projects, each after those that it refers to.</param>
public sealed record BuiltSolution(BuildSolution Recipe, IReadOnlyList<BuiltProject> Projects)
{
    /// <summary>A project by its name.</summary>
    /// <param name="name">The project file's name without its ending.</param>
    /// <exception cref="KeyNotFoundException">There is no such project.</exception>
    public BuiltProject this[string name] => Projects.FirstOrDefault(project => project.Project.Name == name)
        ?? throw new KeyNotFoundException($"there is no project '{name}'; there are {string.Join(", ", Projects.Select(project => project.Project.Name))}");
}
