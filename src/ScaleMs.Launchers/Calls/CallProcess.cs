using System.IO.Pipes;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Local;

namespace ScaleMs.Launchers.Calls;

/// <summary>A process that makes one call after another: told of them through its standard input, answering through a pipe that was its standard output.</summary>
/// <remarks>It ends as soon as its input does, in the middle of a call too; so it does not outlive this host, however that ends.</remarks>
internal sealed class CallProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly AnonymousPipeServerStream _orders;
    private readonly AnonymousPipeServerStream _answers;
    private readonly TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private TaskCompletionSource<CallAnswer?>? _pending;
    private bool _isSilent;

    private CallProcess(string key, int pid, string marker, AnonymousPipeServerStream orders, AnonymousPipeServerStream answers)
    {
        (Key, _orders, _answers) = (key, orders, answers);
        Child = new ChildProcess(pid);
        Tree = new ProcessTree(pid, marker);
        WaitingThread.Run(Hear);
    }

    /// <summary>What calls must have in common with those that it was started for.</summary>
    internal string Key { get; }

    internal ChildProcess Child { get; }

    internal ProcessTree Tree { get; }

    /// <summary>How many calls it was given.</summary>
    internal int Calls { get; private set; }

    /// <summary>Whether it has taken the last one.</summary>
    internal bool HasBegun { get; private set; }

    /// <summary>The processor time of the calls that it has answered.</summary>
    internal TimeSpan Told { get; private set; }

    /// <summary>When it became idle.</summary>
    internal long IdleSince { get; set; }

    /// <summary>Starts one. What it prints before its first order goes to the log of the request.</summary>
    /// <returns>The process, or the error number of the start.</returns>
    internal static async Task<(CallProcess? Process, int Error)> StartAsync(LaunchRequest request, string key, string marker)
    {
        var orders = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.None);
        var answers = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.None);
        var environment = new Dictionary<string, string>(request.Environment, StringComparer.Ordinal) { [AttemptMarker.Variable] = marker };
        var order = new SpawnOrder(request.Worker!.Program, request.Worker.Arguments, environment, request.Directory, string.Empty, null, null, request.LogFile)
        {
            InputPipe = (int)orders.ClientSafePipeHandle.DangerousGetHandle(),
            OutputPipe = (int)answers.ClientSafePipeHandle.DangerousGetHandle(),
        };
        var (pid, error) = await PatientSpawn.StartAsync(order, Native.LibCFeatures.HasSpawnDirectory).ConfigureAwait(false);
        orders.DisposeLocalCopyOfClientHandle();
        answers.DisposeLocalCopyOfClientHandle();
        if (error == 0)
        {
            return (new CallProcess(key, pid, marker, orders, answers), 0);
        }

        await orders.DisposeAsync().ConfigureAwait(false);
        await answers.DisposeAsync().ConfigureAwait(false);
        return (null, error);
    }

    /// <summary>Tells it of a call.</summary>
    /// <returns>Completes with its answer, or with null when none can come any more.</returns>
    internal Task<CallAnswer?> Begin(CallOrder order)
    {
        var pending = new TaskCompletionSource<CallAnswer?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Calls++;
        lock (_lock)
        {
            (HasBegun, _pending) = (false, pending);
        }

        try
        {
            _orders.Write(order.Bytes());
        }
        catch (IOException)
        {
            Fall();
        }

        lock (_lock)
        {
            return _isSilent ? Task.FromResult<CallAnswer?>(null) : pending.Task;
        }
    }

    /// <summary>Asks it to end, and returns when it is gone.</summary>
    internal async Task EndAsync()
    {
        await _orders.DisposeAsync().ConfigureAwait(false);
        await Child.Exited.WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!Child.Exited.IsCompleted)
        {
            Tree.Kill();
        }

        await GoneAsync().ConfigureAwait(false);
    }

    /// <summary>Takes the status of a process that has ended or is ending; to be called once, when nothing more is wanted of it. All that it said is heard then.</summary>
    internal async Task<ChildUsage> GoneAsync()
    {
        await Child.Exited.ConfigureAwait(false);
        await _heard.Task.WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _orders.DisposeAsync().ConfigureAwait(false);
        return Child.Reap();
    }

    private void Hear()
    {
        try
        {
            using var lines = new StreamReader(_answers);
            while (lines.ReadLine() is { } line)
            {
                Take(line);
            }
        }
        catch (IOException)
        {
            // As good as its end.
        }

        Fall();
        _heard.SetResult();
    }

    private void Take(string line)
    {
        lock (_lock)
        {
            HasBegun |= line == CallAnswer.Begun;
            if (CallAnswer.Read(line) is { } answer)
            {
                Told += answer.Cpu;
                _pending?.TrySetResult(answer);
            }
        }
    }

    /// <summary>Nothing will come from it any more.</summary>
    private void Fall()
    {
        lock (_lock)
        {
            _isSilent = true;
            _pending?.TrySetResult(null);
        }
    }
}
