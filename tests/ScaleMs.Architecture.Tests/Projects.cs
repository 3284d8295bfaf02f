using Xunit;

namespace ScaleMs.Architecture.Tests;

/// <summary>Rows of project names for theories, and their assemblies.</summary>
internal static class Projects
{
    public static TheoryData<string> In(params string[] folders) =>
        [.. Project.All.Where(project => folders.Contains(project.Folder, StringComparer.Ordinal)).Select(project => project.Name)];

    /// <summary>The assembly of a project; the test is skipped where there is none that belongs to the sources.</summary>
    public static AssemblyFile Built(string name)
    {
        var (assembly, problem) = Project.Of(name).Built();
        Assert.SkipWhen(assembly is null, problem);
        return assembly!;
    }
}
