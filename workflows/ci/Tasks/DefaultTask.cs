using Cake.Frosting;

namespace Ci;

/// <summary>Everything.</summary>
[TaskName("Default"), TaskDescription("Builds, tests, packs and checks")]
[IsDependentOn(typeof(TestTask))]
[IsDependentOn(typeof(CheckTask))]
[IsDependentOn(typeof(PackTask))]
public sealed class DefaultTask : FrostingTask<CiContext>;
