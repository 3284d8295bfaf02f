namespace ScaleMs;

/// <summary>What a function threw, for people.</summary>
/// <param name="Line">What happened.</param>
/// <param name="Whole">What happened, causes and stacks, without the frames of who called the function.</param>
internal sealed record ThrownText(string Line, string Whole)
{
    private static readonly string[] s_callers =
    [
        "   at InvokeStub_", "   at System.Reflection.MethodBaseInvoker.", "   at System.Reflection.MethodInvoker", "   at System.Reflection.RuntimeMethodInfo.",
        "   at System.RuntimeMethodHandle.", "   at ScaleMs.FunctionCall.", "   at ScaleMs.InProcessFunctions.", "   at ScaleMs.CalledProcess.",
    ];

    public static ThrownText Of(string function, Exception exception)
    {
        var lines = exception.ToString().Split('\n').Select(line => line.TrimEnd('\r'))
            .Where(line => !Array.Exists(s_callers, caller => line.StartsWith(caller, StringComparison.Ordinal)));
        return new ThrownText(
            $"{function} threw {exception.GetType().Name}: {exception.Message}", $"{function} threw {string.Join('\n', lines)}\n");
    }
}
