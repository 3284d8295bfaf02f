namespace ScaleMs.Engine.Functions;

/// <summary>Why a function cannot be a step.</summary>
/// <param name="What">What was found, one sentence without a full stop, names in quotes.</param>
/// <param name="Try">What to do about it.</param>
public sealed record FunctionProblem(string What, string Try);
