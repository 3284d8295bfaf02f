using ScaleMs.Core.Events;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Engine.Places;
using ScaleMs.Engine.Sites;

namespace ScaleMs.Engine.Running;

/// <summary>What the engine is given from outside.</summary>
public sealed record EnginePorts
{
    /// <summary>Opens the workspace's store for writing.</summary>
    public required Func<IFileStore> OpenStore { get; init; }

    /// <summary>Opens the workspace's store for a plan that asks for about so many steps and inputs, without a lock and without a right to write; null to open it as for a run.</summary>
    public Func<int, IFileStore>? OpenStoreToRead { get; init; }

    /// <summary>The disk.</summary>
    public required IDisk Disk { get; init; }

    /// <summary>Executes commands on this machine.</summary>
    public required ILauncher Launcher { get; init; }

    /// <summary>Where else steps run.</summary>
    public IReadOnlyList<Place> Places { get; init; } = [];

    /// <summary>Calls function steps.</summary>
    public required IFunctionRunner Functions { get; init; }

    /// <summary>Runs commands that tell secrets; null where there are none.</summary>
    public ISecretCommands? SecretCommands { get; init; }

    /// <summary>Views on the run.</summary>
    public IReadOnlyList<IRunObserver> Observers { get; init; } = [];

    /// <summary>By which somebody ends single steps; null for nobody.</summary>
    public StepCancellation? StepCancellation { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The environment that tools are looked for in and that steps get their share of; that of this process by default.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = CallerEnvironment.OfProcess();

    /// <summary>Names of variables that every step on this machine gets as they are in <see cref="Environment"/>, besides those that it always gets; not keyed.</summary>
    public IReadOnlyList<string> PassedVariables { get; init; } = [];

    /// <summary>Starts attempts, publishing and plain tasks beside the run loop; null for the thread pool.</summary>
    /// <remarks>
    /// With a starter of its own a run needs no thread: the loop goes on inside the work that told it something. So the starter must
    /// not begin the work before it returns.
    /// </remarks>
    public Action<Func<Task>>? Workers { get; init; }

    /// <summary>Told the steps that a continuation declared, before they are checked; null for nobody.</summary>
    public Action<IReadOnlyList<StepInstance>>? OnDeclared { get; init; }

    /// <summary>Told the name of each <see cref="CrashPoint"/> when it is reached, on the thread that reached it; null for nobody.</summary>
    public Action<string>? AtPoint { get; init; }
}
