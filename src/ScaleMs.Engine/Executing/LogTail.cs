using System.Text;

namespace ScaleMs.Engine.Executing;

/// <summary>The last lines of a log, as a person would see them on a terminal; reads no more than the end of the file.</summary>
internal static class LogTail
{
    private const int Lines = 20;
    private const int Bytes = 64 * 1024;

    public static IReadOnlyList<string> Of(string log)
    {
        if (!File.Exists(log))
        {
            return [];
        }

        using var stream = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Seek(-Math.Min(Bytes, stream.Length), SeekOrigin.End);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().TrimEnd().Split('\n').TakeLast(Lines)
            .Select(line => line.TrimEnd('\r'))
            .Select(line => line[(line.LastIndexOf('\r') + 1)..])
            .ToList();
    }
}
