using System.Text;

namespace ScaleMs.Tool.Running;

/// <summary>The lines of a file that grows; one that is not whole yet is kept back.</summary>
/// <param name="file">The file.</param>
internal sealed class WholeLines(Stream file) : IDisposable
{
    private readonly StringBuilder _part = new();
    private readonly StreamReader _text = new(file);

    /// <summary>The next line; null when there is none by now.</summary>
    public string? Next()
    {
        for (var read = _text.Read(); read >= 0; read = _text.Read())
        {
            if (read == '\n')
            {
                var line = _part.ToString();
                _part.Clear();
                return line;
            }

            _part.Append((char)read);
        }

        return null;
    }

    public void Dispose() => _text.Dispose();
}
