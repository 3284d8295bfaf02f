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
    public Interruption(Action endAll)
    {
        _endAll = endAll;
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));
        }
    }

    public CancellationToken Token => _source.Token;

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
