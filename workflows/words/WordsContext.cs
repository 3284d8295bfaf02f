using Cake.Core;
using ScaleMs;

namespace Words;

/// <summary>The parameters of the smallest workflow there is: it counts words.</summary>
public sealed class WordsContext : ScaleMsContext
{
    public WordsContext(ICakeContext context)
        : base(context, home: "workflows/words") =>
        Longest = (int)Parameters.Integer("longest", 3, 1, 100, "how many of the longest texts are listed");

    public int Longest { get; }

    public IReadOnlyList<string> Texts { get; } = ["carbon", "iron", "salt"];
}
