using ScaleMs.Core.Model;

namespace ScaleMs.Engine.Executing;

/// <summary>Tells the progress of one attempt out of the lines of its log.</summary>
internal sealed class ProgressListener(IProgressReader reader, TimeProvider clock, Action<Progress> onProgress)
{
    private readonly long _begun = clock.GetTimestamp();
    private IProgressReader? _reader = reader;

    public void Hear(string line)
    {
        try
        {
            if (_reader?.Read(line, clock.GetElapsedTime(_begun)) is { } progress)
            {
                onProgress(progress);
            }
        }
        catch (Exception)
        {
            // A reader that stumbles over a line must not end a simulation: this attempt goes on without progress.
            _reader = null;
        }
    }
}
