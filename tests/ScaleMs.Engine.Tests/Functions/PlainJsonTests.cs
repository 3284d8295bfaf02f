using System.Text.Json;
using Xunit;

namespace ScaleMs.Engine.Tests.Functions;

/// <summary>What is read and written by hand is what the serializer would have made of it.</summary>
public sealed class PlainJsonTests
{
    public static TheoryData<object> Values =>
    [
        0, -1, int.MaxValue, int.MinValue, 0L, long.MaxValue, long.MinValue, true, false, string.Empty, "a \"b\" \u00e9 \ud83e\uddec \n \\", "NaN",
        0.0, -0.0, 0.1, 1.0 / 3, 3.0, 1e20, 1e15, 1e16, 1e-5, 1e-4, double.MaxValue, double.Epsilon, double.NaN, double.PositiveInfinity, double.NegativeInfinity,
        new[] { "a", "b,c" }, Array.Empty<string>(), new[] { 3, -4 }, new[] { 0.1, double.NaN, 1e300 },
    ];

    [Theory]
    [MemberData(nameof(Values))]
    public void Value_ReadByHand_IsThatOfTheSerializer(object value)
    {
        var text = JsonSerializer.Serialize(value, value.GetType(), FunctionJson.Options);
        Assert.True(PlainJson.Reads(value.GetType()));
        Assert.Equal(value, PlainJson.Read(text, value.GetType()));
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void Value_WrittenByHand_HasTheTextOfTheSerializer(object value)
    {
        if (PlainJson.TextOf(value) is { } text)
        {
            Assert.Equal(JsonSerializer.Serialize(value, value.GetType(), FunctionJson.Options), text);
        }
    }

    [Fact]
    public void Numbers_OfAnySize_HaveTheTextOfTheSerializer()
    {
        var random = new Random(3);
        for (var i = 0; i < 20_000; i++)
        {
            var number = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            Assert.True(!double.IsFinite(number) || PlainJson.TextOf(number) == JsonSerializer.Serialize(number), $"{number:R}");
        }
    }

    [Theory]
    [InlineData("null", typeof(string))]
    [InlineData("null", typeof(string[]))]
    [InlineData("[null,\"a\"]", typeof(string[]))]
    public void Null_ReadByHand_IsNull(string text, Type type) => Assert.Equal(JsonSerializer.Deserialize(text, type), PlainJson.Read(text, type));

    [Theory]
    [InlineData("3.5", typeof(int))]
    [InlineData("\"3\"", typeof(int))]
    [InlineData("3000000000", typeof(int))]
    [InlineData("null", typeof(int))]
    [InlineData("1", typeof(bool))]
    [InlineData("3", typeof(string))]
    [InlineData("\"three\"", typeof(double))]
    [InlineData("[\"a\"]", typeof(int[]))]
    [InlineData("3", typeof(int[]))]
    public void Text_OfAnotherType_IsRefusedAsByTheSerializer(string text, Type type)
    {
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(text, type, FunctionJson.Options));
        Assert.Throws<JsonException>(() => PlainJson.Read(text, type));
    }

    [Fact]
    public void Types_OfTheAuthor_AreLeftToTheSerializer()
    {
        Assert.False(PlainJson.Reads(typeof(DayOfWeek)));
        Assert.False(PlainJson.Reads(typeof(int?)));
        Assert.Null(PlainJson.TextOf(DayOfWeek.Monday));
        Assert.Null(PlainJson.TextOf("text"));
        Assert.Null(PlainJson.TextOf(double.NaN));
        Assert.Null(PlainJson.TextOf(null));
    }
}
