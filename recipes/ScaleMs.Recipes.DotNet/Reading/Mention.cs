namespace ScaleMs.Recipes.DotNet;

/// <summary>Files that a build file names.</summary>
/// <param name="Kind">What for.</param>
/// <param name="Text">A path or a pattern, as it is written.</param>
/// <param name="File">The build file.</param>
/// <param name="Line">The line, from 1.</param>
internal sealed record Mention(MentionKind Kind, string Text, string File, int Line)
{
    /// <summary>Whether it stands in a target, where most paths are what the build itself makes.</summary>
    public bool IsInTarget { get; init; }

    /// <summary>Where it is and what it says, as the beginning of a sentence.</summary>
    public string Words => $"{File}:{Line} {(Kind switch { MentionKind.Reference => "refers to the project", MentionKind.Import => "imports", _ => "takes" })} '{Text}'";
}
