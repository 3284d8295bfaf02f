using System.Text;

namespace ScaleMs;

/// <summary>Where the output of tasks goes in the end.</summary>
/// <param name="output">Standard output.</param>
/// <param name="errors">Standard error.</param>
/// <param name="inOneBlock">Lets somebody write while nobody else writes.</param>
internal sealed class TaskConsole(TextWriter output, TextWriter errors, Action<Action> inOneBlock)
{
    /// <summary>Lets somebody write while nobody else writes.</summary>
    public void InOneBlock(Action write) => inOneBlock(write);

    /// <summary>Writes a text when nobody else writes.</summary>
    public void Write(bool isError, string text) => inOneBlock(() => WriteNow(isError, new StringBuilder(text)));

    /// <summary>Writes a part of a block.</summary>
    public void WriteNow(bool isError, StringBuilder text)
    {
        var writer = isError ? errors : output;
        writer.Write(text);
        writer.Flush();
    }
}
