namespace ScaleMs.Engine.Functions;

/// <summary>A function cannot be a step, or its code cannot be identified.</summary>
/// <param name="problem">What is wrong and what to do.</param>
public sealed class FunctionIdentityException(FunctionProblem problem) : Exception($"{problem.What}; {problem.Try}")
{
    /// <summary>What is wrong and what to do, to be made a fault by whoever knows where the step was declared.</summary>
    public FunctionProblem Problem { get; } = problem;
}
