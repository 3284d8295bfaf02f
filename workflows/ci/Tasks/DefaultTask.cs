using Cake.Frosting;

namespace Ci;

/// <summary>Everything.</summary>
[TaskName("Default"), TaskDescription("Builds, tests and checks")]
[IsDependentOn(typeof(TestTask))]
[IsDependentOn(typeof(CheckTask))]
public sealed class DefaultTask : FrostingTask<CiContext>;
