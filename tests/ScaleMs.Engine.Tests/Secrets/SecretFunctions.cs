namespace ScaleMs.Engine.Tests.Secrets;

/// <summary>Functions that are given a secret.</summary>
internal static class SecretFunctions
{
    public static int Length(Secret token) => token.Reveal().Length;

    public static void Throw(Secret token, OutputFile output)
    {
        output.WriteText("begun with " + token);
        Console.WriteLine(token.Reveal());
        throw new InvalidOperationException("refused " + token.Reveal());
    }
}
