namespace Cake.Frosting.Internal;

/// <summary>A value of Cake's configuration that the build's own code set.</summary>
internal sealed record CakeSetting(string Key, string Value);
