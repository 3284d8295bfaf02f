using System.Runtime.InteropServices;

namespace ScaleMs;

/// <summary>Tells a call that it is to end. Only a function that asks for the token is trusted to end by it; any other is ended by the signal itself.</summary>
internal sealed class Termination : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private PosixSignalRegistration? _registration;

    /// <summary>Whether the signal came.</summary>
    public bool HasCome => _source.IsCancellationRequested;

    /// <summary>The token; the signal is heard from now on.</summary>
    public CancellationToken Token()
    {
        _registration ??= PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            _source.Cancel();
        });
        return _source.Token;
    }

    public void Dispose()
    {
        _registration?.Dispose();
        _source.Dispose();
    }
}
