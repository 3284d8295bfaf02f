namespace ScaleMs.Tool.Farm;

/// <summary>What a command of the farm was given cannot be used.</summary>
internal sealed class FarmUsageException(string message, Exception? cause = null) : Exception(message, cause);
