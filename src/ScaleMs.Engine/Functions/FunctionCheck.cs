using System.Reflection;

namespace ScaleMs.Engine.Functions;

/// <summary>Decides whether a delegate can be a step: one function whose result depends on its arguments and its code alone.</summary>
/// <remarks>
/// Allowed are static methods, static local functions and lambdas that capture nothing. The compiler makes such a lambda an instance
/// method of a stateless class, so it must be called with the delegate's target and has no name to find it by in another build; its
/// identity is its IL. Static fields are not looked at.
/// </remarks>
public static class FunctionCheck
{
    /// <summary>Looks for the reason why a delegate cannot be a step.</summary>
    /// <param name="function">A method group or a lambda.</param>
    /// <returns>The reason, or null when it can be one.</returns>
    public static FunctionProblem? ProblemOf(Delegate function)
    {
        if (function.GetInvocationList().Length > 1)
        {
            return new FunctionProblem(
                "a step is one function, but this delegate calls several",
                "make a method that calls them in turn, and pass that");
        }

        // Also refused, an assembly without a file: better said where the step is declared than when its key is made.
        return StateProblem(function) ?? FileProblem(function.Method);
    }

    /// <summary>Insists that a delegate can be a step.</summary>
    /// <param name="function">A method group or a lambda.</param>
    /// <returns>The method behind it.</returns>
    /// <exception cref="FunctionIdentityException">It cannot be a step; the message says why and what to do.</exception>
    public static MethodInfo Verify(Delegate function) =>
        ProblemOf(function) is { } problem ? throw new FunctionIdentityException(problem) : function.Method;

    private static FunctionProblem? StateProblem(Delegate function)
    {
        var method = function.Method;
        if (function.Target is not { } target)
        {
            return null;
        }

        if (method.IsStatic)
        {
            return new FunctionProblem(
                $"'{method.Name}' is bound to a value, its first argument",
                "pass the method itself, and the value as an argument of the step");
        }

        if (GeneratedName.Is(target.GetType().Name))
        {
            var captured = Captured(target.GetType()).Order(StringComparer.Ordinal).ToList();
            return captured.Count == 0 ? null : new FunctionProblem(
                $"this lambda captures {string.Join(", ", captured)}, which no key can hold",
                "pass captured values as arguments of the step, or make the lambda a static method");
        }

        return GeneratedName.Is(method.Name)
            ? new FunctionProblem(
                $"this lambda captures {This(target.GetType())}, which no key can hold",
                "use only arguments in it, or make it a static method")
            : new FunctionProblem(
                $"'{target.GetType().Name}.{method.Name}' is an instance method, and the state of its object would not be in the key",
                $"make '{method.Name}' static and pass what it needs as arguments");
    }

    private static FunctionProblem? FileProblem(MethodInfo method)
    {
        try
        {
            FunctionFile.PathOf(method);
            return null;
        }
        catch (FunctionIdentityException exception)
        {
            return exception.Problem;
        }
    }

    private static IEnumerable<string> Captured(Type closure) =>
        closure.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).SelectMany(Captured);

    // A closure in an inner scope points to the one of the outer scope; '<>4__this' is the object that the lambda was made in, and '<>9__1'
    // where the compiler keeps the delegate of such a lambda.
    private static IEnumerable<string> Captured(FieldInfo field) =>
        field.Name.StartsWith("<>9__", StringComparison.Ordinal) ? []
        : field.Name.EndsWith("__this", StringComparison.Ordinal) ? [This(field.FieldType)]
        : GeneratedName.Is(field.FieldType.Name) && GeneratedName.Is(field.Name) ? Captured(field.FieldType)
        : [$"'{field.Name}'"];

    private static string This(Type type) => $"'this' (a '{type.Name}')";
}
