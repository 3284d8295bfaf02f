namespace ScaleMs.Engine.Secrets;

/// <summary>A secret that cannot be given to a step. Its message tells no value.</summary>
internal sealed class SecretException(string message) : Exception(message);
