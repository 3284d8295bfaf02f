using ScaleMs.Core.Ports;

namespace ScaleMs;

/// <summary>A Cake context whose workspace is on a disk of its own, as in tests.</summary>
internal interface IWorkspaceDisk
{
    /// <summary>The disk.</summary>
    IDisk Disk { get; }
}
