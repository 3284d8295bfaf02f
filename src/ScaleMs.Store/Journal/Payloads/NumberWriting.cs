using System.Text.Json;

namespace ScaleMs.Store.Journal.Payloads;

/// <summary>Writes real numbers, of which JSON lacks three.</summary>
internal static class NumberWriting
{
    public static ReadOnlySpan<byte> NotANumber => "NaN"u8;

    public static ReadOnlySpan<byte> Infinity => "Infinity"u8;

    public static ReadOnlySpan<byte> NegativeInfinity => "-Infinity"u8;

    public static void WriteReal(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, double value)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumber(name, value);
        }
        else
        {
            writer.WriteString(name, double.IsNaN(value) ? NotANumber : value > 0 ? Infinity : NegativeInfinity);
        }
    }
}
