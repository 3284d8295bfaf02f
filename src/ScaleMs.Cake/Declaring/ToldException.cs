namespace ScaleMs;

/// <summary>Ends the definition of a task whose fault was reported already.</summary>
internal sealed class ToldException : Exception;
