namespace ScaleMs.Launchers.Ssh;

/// <summary>The copy here of a log that grows on a host; only its owner may read it. Thread-safe.</summary>
internal sealed class LogSpool
{
    private readonly Lock _lock = new();
    private readonly string _path;
    private long _length;
    private bool _isSealed;

    /// <summary>Begins anew.</summary>
    internal LogSpool(string path)
    {
        _path = path;
        using var file = Open(FileMode.Create);
    }

    /// <summary>How much is here, bytes.</summary>
    internal long Length => Interlocked.Read(ref _length);

    /// <summary>Takes a piece; what is no base64 is dropped, and comes whole at the end.</summary>
    internal void Append(string base64)
    {
        var bytes = new byte[base64.Length];
        if (Convert.TryFromBase64String(base64, bytes, out var count))
        {
            Append(bytes.AsSpan(0, count));
        }
    }

    /// <summary>Takes nothing more: the rest comes with the outputs.</summary>
    internal void Seal()
    {
        lock (_lock)
        {
            _isSealed = true;
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            if (_isSealed)
            {
                return;
            }

            using var file = Open(FileMode.Append);
            file.Write(bytes);
            Interlocked.Add(ref _length, bytes.Length);
        }
    }

    private FileStream Open(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(_path, options);
    }
}
