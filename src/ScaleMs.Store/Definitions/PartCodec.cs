using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Store.Snapshots;

namespace ScaleMs.Store.Definitions;

/// <summary>What the parts of a kept declaration are made of. Each is written by one method and read by another of its name, so what is read is checked: bytes may be damaged.</summary>
internal static class PartCodec
{
    /// <summary>Stands for a text that follows character by character.</summary>
    private const string Spelled = "\0";

    /// <summary>Room that is made before anything of a list was seen.</summary>
    private const int FirstRoom = 64;

    public static StoreException Damage(string what) => new($"a kept declaration is damaged: {what}");

    /// <summary>Any text at all: UTF-8 has no form for half a character, which a text of C# may hold.</summary>
    public static void AnyText(this BinarySink sink, string text)
    {
        if (text != Spelled && !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            sink.Text(text);
            return;
        }

        sink.Text(Spelled);
        sink.Number((ulong)text.Length);
        foreach (var character in text)
        {
            sink.Number(character);
        }
    }

    public static string AnyText(this BinarySource source)
    {
        var text = source.Text();
        return text == Spelled ? new string(source.Items(static spelled => (char)spelled.Number())) : text;
    }

    public static void OptionalText(this BinarySink sink, string? text)
    {
        sink.Flag(text is not null);
        if (text is not null)
        {
            sink.AnyText(text);
        }
    }

    public static string? OptionalText(this BinarySource source) => source.Flag() ? source.AnyText() : null;

    public static void Path(this BinarySink sink, ArtifactPath path) => sink.AnyText(path.Value);

    public static ArtifactPath Path(this BinarySource source) => PathOf(source.AnyText());

    /// <summary>No path is empty.</summary>
    public static void OptionalPath(this BinarySink sink, ArtifactPath? path) => sink.AnyText(path?.Value ?? string.Empty);

    public static ArtifactPath? OptionalPath(this BinarySource source) => source.AnyText() is { Length: > 0 } text ? PathOf(text) : null;

    public static void Step(this BinarySink sink, StepId step)
    {
        sink.AnyText(step.Task);
        sink.AnyText(step.Step);
        sink.AnyText(step.Member);
    }

    public static StepId Step(this BinarySource source) => new(source.AnyText(), source.AnyText(), source.AnyText());

    public static void Pair(this BinarySink sink, KeyValuePair<string, string> pair)
    {
        sink.AnyText(pair.Key);
        sink.AnyText(pair.Value);
    }

    public static KeyValuePair<string, string> Pair(this BinarySource source) => new(source.AnyText(), source.AnyText());

    public static void Whole(this BinarySink sink, int number) => sink.Signed(number);

    public static int Whole(this BinarySource source) => (int)source.Signed();

    public static void Span(this BinarySink sink, TimeSpan span) => sink.Signed(span.Ticks);

    public static TimeSpan Span(this BinarySource source) => new(source.Signed());

    /// <summary>The number of an enumeration's value.</summary>
    public static void Choice(this BinarySink sink, int choice) => sink.Number((ulong)choice);

    /// <summary>A number up to the largest that there is.</summary>
    public static int Choice(this BinarySource source, int last)
    {
        var choice = source.Count();
        return choice <= last ? choice : throw Damage($"{choice} is no choice among {last + 1}");
    }

    /// <summary>What <see cref="BinarySink.List"/> wrote. A number that is too large must not be believed before the items are there: room doubles.</summary>
    public static T[] Items<T>(this BinarySource source, Func<BinarySource, T> read)
    {
        var count = source.Count();
        var items = count == 0 ? [] : new T[Math.Min(count, FirstRoom)];
        for (var i = 0; i < count; i++)
        {
            if (i == items.Length)
            {
                Array.Resize(ref items, (int)Math.Min(count, 2L * i));
            }

            items[i] = read(source);
        }

        return items;
    }

    private static ArtifactPath PathOf(string text) => ArtifactPath.TryParse(text, out var path, out var problem) ? path : throw Damage($"'{text}' {problem}");
}
