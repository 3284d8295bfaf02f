using ScaleMs.Launchers.Calls;
using ScaleMs.Launchers.Local;
using ScaleMs.Launchers.Native;

namespace ScaleMs;

/// <summary>A process that makes one call after another, until its input ends.</summary>
internal static class CallServer
{
    private const string Idle = "/";

    /// <summary>Who ends the process never lets go of it, so that no call begins any more.</summary>
    private static readonly Lock Gate = new();

    private static bool _isCalling;

    /// <summary>Makes the calls that it is told of; never returns.</summary>
    public static void Run()
    {
        var streams = CallStreams.Take();
        var environment = new KeptEnvironment();
        new Thread(() => EndWithHost(streams)) { IsBackground = true, Name = "scalems host" }.Start();
        while (Next(streams.Orders) is { } order)
        {
            Note(isCalling: true);
            var line = Line(order, streams, environment);
            Note(isCalling: false);
            streams.Say(line);
        }

        End();
    }

    private static void Note(bool isCalling)
    {
        lock (Gate)
        {
            _isCalling = isCalling;
        }
    }

    /// <summary>Null when the host has let go of this process, or is gone.</summary>
    private static CallOrder? Next(BinaryReader orders)
    {
        try
        {
            return CallOrder.Read(orders);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>A call whose log cannot be opened has not begun; the next one's may be on another disk.</summary>
    private static string Line(CallOrder order, CallStreams streams, KeptEnvironment environment)
    {
        try
        {
            streams.PrintTo(order.LogFile);
        }
        catch (IOException trouble)
        {
            return CallAnswer.RefusalLine(trouble.Message);
        }

        streams.Say(CallAnswer.Begun);
        return Answer(order, streams, environment).Line();
    }

    private static CallAnswer Answer(CallOrder order, CallStreams streams, KeptEnvironment environment)
    {
        var usage = new CallUsage();
        Environment.CurrentDirectory = order.Directory;
        var attempt = Path.GetDirectoryName(OpenFiles.Target("/proc/self/cwd"))!;
        var code = Call(order.CallFile);
        environment.Restore();
        Environment.CurrentDirectory = Idle;
        streams.EndPrinting();
        var status = ProcFiles.StatusOf(Environment.ProcessId);
        return new CallAnswer(code, usage.Cpu, usage.PeakBytesIn(status), IsLast: OpenFiles.AreBelow(attempt, status));
    }

    /// <summary>Values of asynchronous code, the culture among them, end with the call. Who was told to end does so.</summary>
    private static int Call(string callFile)
    {
        using var termination = new Termination();
        var code = 0;
        ExecutionContext.Run(ExecutionContext.Capture()!, _ => code = CalledProcess.Call(callFile, termination), null);
        if (termination.HasCome)
        {
            Environment.Exit(code);
        }

        return code;
    }

    /// <summary>Without the host nobody would end this process and what it started, nor take what it makes.</summary>
    private static void EndWithHost(CallStreams streams)
    {
        streams.AwaitHangUp();
        End();
    }

    private static void End()
    {
        lock (Gate)
        {
            if (_isCalling)
            {
                _ = LibC.Signal(-Environment.ProcessId, LibC.Kill);
            }

            Environment.Exit(0);
        }
    }
}
