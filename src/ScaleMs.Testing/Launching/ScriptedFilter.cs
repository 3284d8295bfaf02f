namespace ScaleMs.Testing;

/// <summary>A filter that reads an output which a step made.</summary>
/// <param name="Command">The command as it is run, one line.</param>
/// <param name="Text">The file's text.</param>
public sealed record ScriptedFilter(string Command, string Text);
