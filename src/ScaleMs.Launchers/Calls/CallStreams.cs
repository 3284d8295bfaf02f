using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.Win32.SafeHandles;
using ScaleMs.Launchers.Native;

namespace ScaleMs.Launchers.Calls;

/// <summary>The streams of a process that makes calls: its pipes, which nobody else in it can reach or inherit, and standard streams that are each call's own.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "They are open for as long as the process lives.")]
internal sealed class CallStreams
{
    private const int FirstFree = 3;
    private const int DuplicateForUsAlone = 1030; // F_DUPFD_CLOEXEC of Linux
    private const uint FileMode = 0x1B6; // rw for all, as shells do; the umask takes away
    private const string Nowhere = "/dev/null";

    private readonly int _orders;
    private readonly TextWriter _output = Writer(1);
    private readonly TextWriter _error = Writer(2);
    private readonly StreamWriter _answers;

    /// <summary>The runtime tells its own crashes to a copy of standard error that it made at its start.</summary>
    private readonly IReadOnlyList<int> _copies = [.. OpenFiles.LikeThat(2).Where(descriptor => descriptor >= FirstFree)];

    private CallStreams(int orders, int answers)
    {
        _orders = orders;
        Orders = new BinaryReader(new FileStream(new SafeFileHandle(orders, ownsHandle: true), FileAccess.Read));
        _answers = new StreamWriter(new DescriptorStream(answers)) { AutoFlush = true };
    }

    /// <summary>Where calls come from.</summary>
    internal BinaryReader Orders { get; }

    /// <summary>Takes the pipes from where they were at the start. Standard input is empty from now on.</summary>
    internal static CallStreams Take()
    {
        var streams = new CallStreams(LibC.Control(0, DuplicateForUsAlone, FirstFree), LibC.Control(1, DuplicateForUsAlone, FirstFree));
        Put(Nowhere, LibC.ReadOnly, [0], []);
        _ = LibC.Duplicate(2, 1);
        return streams;
    }

    /// <summary>Returns when nobody can send calls any more, though some may still be on their way; takes none.</summary>
    internal unsafe void AwaitHangUp()
    {
        var watched = new Watched(_orders);
        while (LibC.Poll(&watched, 1, Timeout.Infinite) < 0 && System.Runtime.InteropServices.Marshal.GetLastPInvokeError() == LibC.Interrupted)
        {
            // A signal handler ran in this thread.
        }
    }

    internal void Say(string line) => _answers.Write(line + "\n");

    /// <summary>Has everything that is printed, by native code and children too, written to the end of a log.</summary>
    internal void PrintTo(string logFile)
    {
        Put(logFile, LibC.WriteOnly | LibC.Create | LibC.Append, [1, 2], _copies);
        Console.SetOut(_output);
        Console.SetError(_error);
    }

    /// <summary>Completes the log: what comes later is nobody's.</summary>
    internal void EndPrinting()
    {
        Console.Out.Flush();
        Console.Error.Flush();
        _ = LibC.Flush(0); // all that the C library holds back
        Put(Nowhere, LibC.WriteOnly, [1, 2], _copies);
    }

    private static void Put(string file, int flags, IEnumerable<int> shared, IEnumerable<int> ours)
    {
        var opened = LibC.OpenOrCreate(file, flags | LibC.CloseOnExec, FileMode);
        if (opened < 0)
        {
            throw new IOException($"'{file}' cannot be opened: {System.Runtime.InteropServices.Marshal.GetLastPInvokeErrorMessage()}");
        }

        foreach (var descriptor in shared)
        {
            _ = LibC.Duplicate(opened, descriptor);
        }

        foreach (var descriptor in ours)
        {
            _ = LibC.Duplicate(opened, descriptor, LibC.CloseOnExec);
        }

        _ = LibC.Close(opened);
    }

    private static TextWriter Writer(int descriptor) =>
        TextWriter.Synchronized(new StreamWriter(new DescriptorStream(descriptor), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true });

    /// <summary>As <c>poll</c> has it; asked for nothing but the end, which is always told.</summary>
    private readonly record struct Watched(int Descriptor)
    {
        private readonly short _events;
        private readonly short _found;
    }
}
