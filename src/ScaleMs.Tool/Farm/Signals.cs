using System.Runtime.InteropServices;

namespace ScaleMs.Tool.Farm;

/// <summary>TERM and INT: the first one asks to end when what runs has ended, the second one to end now. USR1: the machine is about to be taken away.</summary>
/// <remarks>Slurm sends TERM to a job when it takes its machine away, and KILL soon after: in a job the first TERM is as good as USR1.</remarks>
internal sealed class Signals : IDisposable
{
    /// <summary>As systems number it.</summary>
    private static readonly PosixSignal User = (PosixSignal)(OperatingSystem.IsMacOS() ? 30 : 10);

    private readonly bool _isInAllocation;
    private readonly CancellationTokenSource _drain = new();
    private readonly CancellationTokenSource _leave = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;

    public Signals(bool isInAllocation = false)
    {
        _isInAllocation = isInAllocation;
        PosixSignal[] signals = OperatingSystem.IsWindows() ? [PosixSignal.SIGTERM, PosixSignal.SIGINT] : [PosixSignal.SIGTERM, PosixSignal.SIGINT, User];
        _registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, Take))];
    }

    public CancellationToken Drain => _drain.Token;

    public CancellationToken Leave => _leave.Token;

    public CancellationToken Stop => _stop.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _drain.Dispose();
        _leave.Dispose();
        _stop.Dispose();
    }

    private void Take(PosixSignalContext context)
    {
        context.Cancel = true;
        if (context.Signal == User)
        {
            _leave.Cancel();
            return;
        }

        if (_drain.IsCancellationRequested)
        {
            _stop.Cancel();
        }

        if (_isInAllocation && context.Signal == PosixSignal.SIGTERM)
        {
            _leave.Cancel();
        }

        _drain.Cancel();
    }
}
