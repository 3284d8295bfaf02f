namespace ScaleMs.Launchers.Local;

/// <summary>Cuts a stream of bytes into what a listener is told.</summary>
internal interface ISplitter
{
    /// <summary>Takes the next bytes.</summary>
    void Add(ReadOnlySpan<byte> bytes);

    /// <summary>Tells what came after the last end.</summary>
    void Finish();
}
