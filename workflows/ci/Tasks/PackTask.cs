using Cake.Frosting;
using ScaleMs;
using ScaleMs.Recipes.DotNet;

namespace Ci;

/// <summary>Makes the packages as <c>./build.sh --target=pack</c> does, but that they name no commit: what comes of the same sources counts as the same.</summary>
[TaskName("pack"), TaskDescription("Makes the packages")]
public sealed class PackTask : StepTask<CiContext>
{
    /// <inheritdoc/>
    public override void Define(StepBuilder steps, CiContext context)
    {
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(context);
        var pack = steps.Step("pack");
        foreach (var file in context.Packed)
        {
            pack.Input(file.Path, file);
        }

        // git would find the workspace's own history above the step's directory.
        new Sdk().Run(pack, "msbuild", "src/Pack.proj", "-nologo", "-verbosity:minimal", "-p:PackageFolder=packages", "-p:UseSharedCompilation=false")
            .Environment("GIT_DIR", "none")
            .Resources(cpus: 2)
            .OutputTree("packages", publish: "artifacts/ci/packages");
    }
}
