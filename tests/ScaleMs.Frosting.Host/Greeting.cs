namespace ScaleMs.Frosting.Host;

/// <summary>A service of the host.</summary>
public sealed record Greeting(string Text);
