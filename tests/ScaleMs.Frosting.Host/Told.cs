namespace ScaleMs.Frosting.Host;

/// <summary>What was called, in order, for the tests: a line each in the file <c>HOST_TOLD</c>.</summary>
internal static class Told
{
    public static void Line(string line)
    {
        if (Program.Variable("HOST_TOLD") is { Length: > 0 } file)
        {
            File.AppendAllText(file, line + "\n");
        }
    }
}
