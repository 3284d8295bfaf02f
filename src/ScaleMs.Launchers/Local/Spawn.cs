using System.Runtime.InteropServices;
using ScaleMs.Launchers.Native;

namespace ScaleMs.Launchers.Local;

/// <summary>Starts a process with <c>posix_spawn</c>: a session of its own, default signals, no inherited descriptors, no shell.</summary>
/// <remarks>
/// The child opens its three files itself, so the host never holds a descriptor that could leak. It leads a new session, so the
/// terminal's Ctrl-C reaches the host alone, and every signal is at its default: .NET ignores SIGPIPE, and a child would inherit that.
/// </remarks>
internal static unsafe class Spawn
{
    private const uint FileMode = 0x1B6; // rw for all, as shells do; the umask takes away
    private const int FileSystemAttributes = 0x200; // CLONE_FS

    /// <summary>Starts the process.</summary>
    /// <param name="order">What to start.</param>
    /// <param name="pid">Its id, which is also its group's and session's.</param>
    /// <param name="hasSpawnDirectory">Whether the C library can change the directory in the child.</param>
    /// <returns>0, or the error number of the step that failed, in the host or in the child before it ran the program.</returns>
    internal static int Start(SpawnOrder order, out int pid, bool hasSpawnDirectory)
    {
        if (hasSpawnDirectory)
        {
            return StartHere(order, order.Directory, out pid);
        }

        var (error, started) = StartInThreadOfDirectory(order);
        pid = started;
        return error;
    }

    /// <summary>For glibc before 2.29.</summary>
    /// <remarks>A thread that stops sharing its working directory with the process may change it, and its children inherit it.</remarks>
    private static (int Error, int Pid) StartInThreadOfDirectory(SpawnOrder order)
    {
        var (error, pid) = (0, 0);
        var thread = new Thread(() => error = LibC.Unshare(FileSystemAttributes) == 0 && LibC.ChangeDirectory(order.Directory) == 0
            ? StartHere(order, null, out pid)
            : Marshal.GetLastPInvokeError());
        thread.Start();
        thread.Join();
        return (error, pid);
    }

    private static int StartHere(SpawnOrder order, string? directory, out int pid)
    {
        void* actions = stackalloc long[LibC.Opaque / sizeof(long)];
        void* attributes = stackalloc long[LibC.Opaque / sizeof(long)];
        using var arguments = new StringVector([order.Program, .. order.Arguments]);
        using var environment = new StringVector([.. order.Environment.Select(pair => $"{pair.Key}={pair.Value}")]);
        Require(LibC.InitActions(actions));
        Require(LibC.InitAttributes(attributes));
        try
        {
            AddFiles(actions, order, directory);
            SetAttributes(attributes);
            return LibC.Spawn(out pid, order.Program, actions, attributes, arguments.Items, environment.Items);
        }
        finally
        {
            _ = LibC.DestroyAttributes(attributes);
            _ = LibC.DestroyActions(actions);
        }
    }

    private static void AddFiles(void* actions, SpawnOrder order, string? directory)
    {
        if (directory is not null)
        {
            Require(LibC.AddDirectory(actions, directory));
        }

        // A FIFO that an earlier command made there is not waited for, host and all; for files it means nothing.
        Require(order.InputPipe >= 0 ? LibC.AddDuplicate(actions, order.InputPipe, 0) : LibC.AddOpen(actions, 0, order.Input, LibC.ReadOnly | LibC.NonBlocking, 0));
        if (order.OutputPipe >= 0)
        {
            Require(LibC.AddDuplicate(actions, order.OutputPipe, 1));
        }
        else
        {
            AddWriting(actions, 1, order.Output, order);
        }

        if (order.OutputPipe < 0 && order.Error == order.Output)
        {
            Require(LibC.AddDuplicate(actions, 1, 2));
        }
        else
        {
            AddWriting(actions, 2, order.Error, order);
        }

        if (LibCFeatures.HasCloseFrom)
        {
            // .NET marks its own descriptors close-on-exec; this is for those that the host itself was started with.
            Require(LibC.AddCloseFrom(actions, 3));
        }
    }

    private static void AddWriting(void* actions, int descriptor, string? file, SpawnOrder order) => Require(
        file is not null ? LibC.AddOpen(actions, descriptor, file, LibC.WriteOnly | LibC.Create | LibC.Truncate | LibC.NonBlocking, FileMode)
        : order.LogPipe >= 0 ? LibC.AddDuplicate(actions, order.LogPipe, descriptor)
        : LibC.AddOpen(actions, descriptor, order.Log, LibC.WriteOnly | LibC.Create | LibC.Append, FileMode));

    private static void SetAttributes(void* attributes)
    {
        void* signals = stackalloc long[LibC.Opaque / sizeof(long)];
        _ = LibC.FillSignals(signals);
        Require(LibC.SetDefaults(attributes, signals));
        _ = LibC.EmptySignals(signals);
        Require(LibC.SetMask(attributes, signals));
        var flags = LibC.NewSession | LibC.SetSignalDefaults | LibC.SetSignalMask | LibC.CloseByDefault;
        Require(LibC.SetFlags(attributes, (short)flags));
    }

    /// <summary>These calls only fail for want of memory.</summary>
    private static void Require(int error)
    {
        if (error != 0)
        {
            throw new InsufficientMemoryException($"a process cannot be prepared: {Marshal.GetPInvokeErrorMessage(error)}");
        }
    }
}
