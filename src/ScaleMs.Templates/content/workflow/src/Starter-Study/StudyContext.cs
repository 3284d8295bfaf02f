using Cake.Core;
using ScaleMs;

namespace Starter_Study;

/// <summary>The parameters, for <c>--set name=value</c>, and the sources.</summary>
public sealed class StudyContext : ScaleMsContext
{
    public StudyContext(ICakeContext context)
        : base(context, home: "") =>
        Longest = Parameters.Integer("longest", 10, 1, 1000, "how many texts the report lists");

    public long Longest { get; }

    /// <summary>A text that comes or goes is noticed.</summary>
    public IReadOnlyList<SourceFile> Texts => Glob("texts/*.txt");

    public static string NameOf(SourceFile text) => Path.GetFileNameWithoutExtension(text.Path);
}
