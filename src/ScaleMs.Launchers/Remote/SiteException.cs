namespace ScaleMs.Launchers.Remote;

/// <summary>A site did not do what was asked of it: it cannot be reached, or has no room.</summary>
/// <param name="message">What is wrong and, where it is known, what to do.</param>
internal class SiteException(string message) : Exception(message);
