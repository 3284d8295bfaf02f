using ScaleMs.Core.Model;

namespace ScaleMs.Store;

/// <summary>How a store is opened, and by whom.</summary>
/// <remarks>The defaults describe this process on this machine. None of it enters a step key.</remarks>
public sealed record OpenOptions
{
    /// <summary>The name of the store's folder when nothing else is said.</summary>
    public const string DefaultDirectoryName = ".scalems";

    /// <summary>The store's folder: a name in the workspace, or an absolute path elsewhere.</summary>
    public string DirectoryName { get; init; } = DefaultDirectoryName;

    /// <summary>This machine's name, told to whoever finds the store in use.</summary>
    public string HostName { get; init; } = Environment.MachineName;

    /// <summary>What changes with each start of the machine; it tells a crash of the process from a loss of power.</summary>
    public string BootId { get; init; } = Locking.ThisMachine.BootId;

    /// <summary>This process's number, told to whoever finds the store in use.</summary>
    public int ProcessId { get; init; } = Environment.ProcessId;

    /// <summary>When this process began.</summary>
    public DateTimeOffset ProcessStart { get; init; } = Locking.ThisMachine.ProcessStart;

    /// <summary>The command as the user typed it.</summary>
    public string CommandLine { get; init; } = Environment.CommandLine;

    /// <summary>The clock of sync intervals and time stamps.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>With how many segments the journal is rewritten at a close; each opening looks at every one, which a network file system makes dear.</summary>
    public int MostSegments { get; init; } = 200;

    /// <summary>The steps that the opener has declared: their records share names with them, instead of bringing each once more.</summary>
    public IReadOnlyList<StepInstance> Declared { get; init; } = [];

    /// <summary>The steps that take an older store to the present format.</summary>
    internal IReadOnlyList<Layout.StoreUpgrade> Upgrades { get; init; } = Layout.StoreUpgrade.All;

    /// <summary>Told the name of each <see cref="Core.Ports.CrashPoint"/> when it is reached, on the thread that reached it; null for nobody.</summary>
    public Action<string>? AtPoint { get; init; }
}
