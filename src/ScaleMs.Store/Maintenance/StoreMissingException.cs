namespace ScaleMs.Store.Maintenance;

/// <summary>There is no store where one was named.</summary>
/// <param name="message">Where it was looked for and what to do.</param>
public sealed class StoreMissingException(string message) : Exception(message);
