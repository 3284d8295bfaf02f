using Cake.Core;

namespace ScaleMs;

/// <summary>What is said where Cake's own engine runs, which knows no steps.</summary>
internal static class MissingEngine
{
    public static CakeException For(string what) => new(
        $"{what} has steps, which need the ScaleMs engine, but Cake's own engine is running. " +
        "Call UseScaleMs() on the host, or see to it that Cake loads the ScaleMs module before the script: by a build.cake that lays it out in the module folder, or by #module.");
}
