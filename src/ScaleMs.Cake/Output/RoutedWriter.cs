using System.Text;

namespace ScaleMs;

/// <summary>Takes the place of the console's writer: what a task with an output of its own writes is kept there, all else goes through.</summary>
internal sealed class RoutedWriter(TextWriter console, bool isError) : TextWriter
{
    public override Encoding Encoding => console.Encoding;

    public override void Write(char value) => Write([value]);

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (TaskOutput.Current is { } output)
        {
            output.Write(isError, buffer);
        }
        else
        {
            console.Write(buffer);
        }
    }

    public override void WriteLine(string? value) => Write(value + CoreNewLine.AsSpan().ToString());

    public override void Flush()
    {
        if (TaskOutput.Current is null)
        {
            console.Flush();
        }
    }
}
