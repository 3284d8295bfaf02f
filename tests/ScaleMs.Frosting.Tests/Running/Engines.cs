namespace ScaleMs.Frosting.Tests.Running;

/// <summary>The engines that a host may have, as the features that choose them.</summary>
internal static class Engines
{
    public const string Cake = "";

    public const string ScaleMs = "scalems";
}
