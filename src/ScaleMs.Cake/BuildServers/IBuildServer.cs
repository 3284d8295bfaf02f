using ScaleMs.Core.Model;

namespace ScaleMs;

/// <summary>What a build server shows besides the lines of a log: each server in its own way, and what it cannot show is left out.</summary>
internal interface IBuildServer
{
    /// <summary>Opens a group of lines that people unfold, in the job's log; groups do not nest.</summary>
    /// <param name="title">Its heading.</param>
    void BeginGroup(string title);

    /// <summary>Ends the group.</summary>
    /// <param name="title">Its heading.</param>
    void EndGroup(string title);

    /// <summary>Marks the job with an error.</summary>
    /// <param name="title">What it is about.</param>
    /// <param name="message">What happened.</param>
    /// <param name="where">The place in the sources; null for none.</param>
    void Problem(string title, string message, SourceLocation? where = null);

    /// <summary>Shows a summary beside the job.</summary>
    /// <param name="markdown">Its text.</param>
    /// <param name="file">A file that holds it; made when it is asked for.</param>
    void Summarise(string markdown, Func<string> file);
}
