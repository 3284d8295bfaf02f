using System.Collections.Concurrent;
using ScaleMs.Launchers.Calls;
using ScaleMs.Launchers.Native;

namespace ScaleMs;

/// <summary>A process that makes one call after another, until its input ends.</summary>
internal static class CallServer
{
    private const string Idle = "/";

    private static volatile bool _isCalling;

    /// <summary>Makes the calls that it is told of; never returns.</summary>
    public static void Run()
    {
        var streams = CallStreams.Take();
        var environment = new KeptEnvironment();
        using var orders = new BlockingCollection<CallOrder>();
        new Thread(() => Listen(streams.Orders, orders)) { IsBackground = true, Name = "scalems orders" }.Start();
        foreach (var order in orders.GetConsumingEnumerable())
        {
            _isCalling = true;
            var line = Line(order, streams, environment);
            _isCalling = false;
            streams.Say(line);
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
        return new CallAnswer(code, usage.Cpu, usage.PeakBytes, IsLast: OpenFiles.AreBelow(attempt));
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
    private static void Listen(BinaryReader from, BlockingCollection<CallOrder> orders)
    {
        try
        {
            while (true)
            {
                orders.Add(CallOrder.Read(from));
            }
        }
        catch (IOException)
        {
            // The host has let go of it, or is gone.
        }

        if (_isCalling)
        {
            _ = LibC.Signal(-Environment.ProcessId, LibC.Kill);
        }

        Environment.Exit(0);
    }
}
