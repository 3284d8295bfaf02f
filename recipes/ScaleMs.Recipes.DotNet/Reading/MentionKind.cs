namespace ScaleMs.Recipes.DotNet;

/// <summary>Why a build file names other files.</summary>
internal enum MentionKind
{
    /// <summary>As items, or as what a property is known to stand for.</summary>
    Item,

    /// <summary>To go on reading there.</summary>
    Import,

    /// <summary>As a project that it refers to.</summary>
    Reference,
}
