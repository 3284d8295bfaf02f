namespace ScaleMs.Core.Failures;

/// <summary>Failure classes in words of the user.</summary>
public static class FailureWords
{
    /// <summary>A class in words.</summary>
    /// <param name="kind">The class.</param>
    /// <returns>Such as <c>tool error</c>.</returns>
    public static string Of(FailureClass kind) => kind switch
    {
        FailureClass.SubmitError => "not started",
        FailureClass.NeverStarted => "never started",
        FailureClass.Preempted => "preempted",
        FailureClass.NodeLost => "node lost",
        FailureClass.TimeLimit => "time limit",
        FailureClass.OutOfMemory => "out of memory",
        FailureClass.ToolError => "tool error",
        FailureClass.OutputMissing => "output missing",
        FailureClass.InputChanged => "input changed",
        FailureClass.StoreError => "store error",
        _ => "cancelled",
    };
}
