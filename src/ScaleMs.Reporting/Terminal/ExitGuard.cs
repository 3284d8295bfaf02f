using System.Runtime.InteropServices;

namespace ScaleMs.Reporting.Terminal;

/// <summary>Calls an action before the process goes, whoever ends it. Cancels nothing: what a signal does stays with the host.</summary>
internal sealed class ExitGuard : IDisposable
{
    private readonly Action _beforeExit;
    private readonly List<PosixSignalRegistration> _signals;

    public ExitGuard(Action beforeExit)
    {
        _beforeExit = beforeExit;
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        _signals = new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT }
            .Select(signal => PosixSignalRegistration.Create(signal, _ => beforeExit()))
            .ToList();
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        _signals.ForEach(signal => signal.Dispose());
    }

    private void OnExit(object? sender, EventArgs arguments) => _beforeExit();
}
