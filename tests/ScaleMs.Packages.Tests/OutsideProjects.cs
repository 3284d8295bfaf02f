[assembly: AssemblyFixture(typeof(ScaleMs.Packages.Tests.OutsideProjects))]

namespace ScaleMs.Packages.Tests;

/// <summary>A recipe and a workflow made from the templates; the workflow composes the recipe with that for GROMACS, both from packages.</summary>
public sealed class OutsideProjects : IDisposable
{
    /// <summary>A name that is no identifier.</summary>
    internal const string Study = "my-first.study";

    internal const string Recipe = "Acme.Counting";

    private const string Compose = """
        using Acme.Counting;
        using Cake.Frosting;
        using ScaleMs;
        using ScaleMs.Recipes.Gromacs;

        namespace my_first.study;

        /// <summary>Two uses of one recipe, another recipe, and a step of its own that reads what two of them make.</summary>
        [TaskName("compose")]
        public sealed class ComposeTask : StepTask<StudyContext>
        {
            public override void Define(StepBuilder steps, StudyContext context)
            {
                var all = steps.Use("all", new Count(new CountOptions { Texts = context.Texts, PublishTo = "results/all.txt" }));
                steps.Use("first", new Count(new CountOptions { Texts = context.Texts, Longest = 1, PublishTo = "results/first.txt" }));
                var system = steps.Use("system", new Prepare
                {
                    Gmx = new Gmx(), Structure = context.Source("inputs/crambin.pdb"), IonParameters = context.Source("inputs/ions.mdp"),
                });
                steps.Step("join").Input("list.txt", all.List).Input("topol.top", system.Topology)
                    .Tool("cat").Run("cat", "list.txt", "topol.top").OutputTo("joined.txt").Output("joined.txt", publish: "results/joined.txt");
            }
        }
        """;

    private Outside? _outside;
    private Task? _made;

    /// <summary>The projects, made when the first test asks for them.</summary>
    internal async Task<Outside> Of(PackedRepository repository)
    {
        _outside ??= new Outside(repository);
        await (_made ??= Make(_outside, repository));
        return _outside;
    }

    public void Dispose() => _outside?.Dispose();

    private static async Task Make(Outside outside, PackedRepository repository)
    {
        await outside.Dotnet(".", "new", "install", repository["ScaleMs.Templates"].File);
        await outside.Dotnet(".", "new", "scalems-recipe", "-o", Recipe);
        await outside.Dotnet(Recipe, "pack", $"src/{Recipe}", "-c", "Release", "-o", outside.PathOf("own"), "-v", "quiet");
        await outside.Dotnet(".", "new", "scalems-workflow", "-o", Study);
        ComposeRecipes(outside, repository["ScaleMs.Cake"].Version, repository["ScaleMs.Recipes.Gromacs"].Version);
    }

    private static void ComposeRecipes(Outside outside, string engine, string gromacs)
    {
        outside.Edit($"{Study}/Directory.Packages.props", $"""<PackageVersion Include="ScaleMs.Cake" Version="{engine}" />""", $"""
            <PackageVersion Include="ScaleMs.Cake" Version="{engine}" />
                <PackageVersion Include="ScaleMs.Recipes.Gromacs" Version="{gromacs}" />
                <PackageVersion Include="{Recipe}" Version="0.1.0" />
            """);
        outside.Edit($"{Study}/src/{Study}/{Study}.csproj", """<PackageReference Include="ScaleMs.Cake" />""", $"""
            <PackageReference Include="ScaleMs.Recipes.Gromacs" />
                <PackageReference Include="{Recipe}" />
            """);
        outside.Write($"{Study}/src/{Study}/ComposeTask.cs", Compose);
        foreach (var file in new[] { "inputs/crambin.pdb", "mdp/ions.mdp" })
        {
            outside.Write($"{Study}/inputs/{Path.GetFileName(file)}", File.ReadAllText(Path.Combine(Repository.Root, "workflows", "simulate", file)));
        }
    }
}
