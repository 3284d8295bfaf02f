using Cake.Frosting;

namespace ScaleMs.Frosting.Host.Tasks;

/// <summary>Takes its work from a class between it and the root.</summary>
[TaskName("Derived")]
internal sealed class DerivedTask : TellingNameTask
{
}
