namespace ScaleMs.Launchers.Remote;

/// <summary>A site did not do what was asked of it: it cannot be reached, has no room, or what came from it is not to be believed.</summary>
/// <param name="message">What is wrong and, where it is known, what to do.</param>
/// <param name="isPassing">Whether asking again later may help: the site could not be reached.</param>
internal sealed class SiteException(string message, bool isPassing = false) : Exception(message)
{
    /// <summary>Whether asking again later may help.</summary>
    internal bool IsPassing => isPassing;

    /// <summary>Whether nothing can be done there until somebody does something about it: a key is refused, a program is missing.</summary>
    internal bool IsLasting { get; init; }
}
