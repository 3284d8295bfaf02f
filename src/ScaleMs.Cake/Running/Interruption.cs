using System.Runtime.InteropServices;

namespace ScaleMs;

/// <summary>Turns Ctrl-C and termination into a cancellation; the second one ends the process at once, after the steps' processes.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Action _endAll;

    /// <summary>Listens.</summary>
    /// <param name="endAll">Ends all processes of running steps without waiting.</param>
    /// <param name="isDetached">Whether the end of a terminal's session is nothing to this process.</param>
    public Interruption(Action endAll, bool isDetached)
    {
        _endAll = endAll;
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM })
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));
        }

        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, isDetached ? static signal => signal.Cancel = true : OnSignal));
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Ends the run as the first signal does; a further one does nothing more.</summary>
    public void Cancel() => _source.Cancel();

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_source.IsCancellationRequested)
        {
            _endAll();
            ExitCodeRecord.Set(Engine.Running.ExitCodes.Interrupted);
            System.Environment.Exit(Engine.Running.ExitCodes.Interrupted);
        }

        _source.Cancel();
    }
}
