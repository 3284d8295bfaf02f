using System.Text.Json;

namespace ScaleMs.Store.Journal.Payloads;

/// <summary>Takes members that are numbers; what does not fit the type is an error.</summary>
internal static class NumberReading
{
    public static bool Take(this ref Utf8JsonReader reader, ReadOnlySpan<byte> name, scoped ref int value)
    {
        var isNamed = reader.Is(name);
        value = isNamed ? reader.GetInt32() : value;
        return isNamed;
    }

    public static bool Take(this ref Utf8JsonReader reader, ReadOnlySpan<byte> name, scoped ref uint value)
    {
        var isNamed = reader.Is(name);
        value = isNamed ? reader.GetUInt32() : value;
        return isNamed;
    }

    public static bool Take(this ref Utf8JsonReader reader, ReadOnlySpan<byte> name, scoped ref long value)
    {
        var isNamed = reader.Is(name);
        value = isNamed ? reader.GetInt64() : value;
        return isNamed;
    }

    public static bool Take(this ref Utf8JsonReader reader, ReadOnlySpan<byte> name, scoped ref ulong value)
    {
        var isNamed = reader.Is(name);
        value = isNamed ? reader.GetUInt64() : value;
        return isNamed;
    }

    public static bool Take(this ref Utf8JsonReader reader, ReadOnlySpan<byte> name, scoped ref double value)
    {
        var isNamed = reader.Is(name);
        value = isNamed ? ReadReal(ref reader) : value;
        return isNamed;
    }

    /// <summary>A number, or one of the three that JSON has no number for.</summary>
    private static double ReadReal(ref Utf8JsonReader reader) => reader.TokenType != JsonTokenType.String ? reader.GetDouble()
        : reader.ValueTextEquals(NumberWriting.NotANumber) ? double.NaN
        : reader.ValueTextEquals(NumberWriting.Infinity) ? double.PositiveInfinity
        : reader.ValueTextEquals(NumberWriting.NegativeInfinity) ? double.NegativeInfinity
        : throw new JsonException("expected a number");
}
