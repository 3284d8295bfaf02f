using ScaleMs.Core.Model;

namespace ScaleMs.Core.Faults;

/// <summary>The wording of faults about secrets. None of them knows a value.</summary>
public static class SecretFaults
{
    /// <summary>A secret was written into a text.</summary>
    /// <param name="step">The step.</param>
    /// <param name="place">What holds it, such as <c>an argument</c>.</param>
    /// <param name="text">What stands there in place of the value.</param>
    /// <returns>The fault.</returns>
    public static Fault InText(StepInstance step, string place, string text) => Definition(
        "SMS1041", $"{place} of step '{step.Id}' holds '{text}', which is not the value: a secret is never part of a text", step,
        "give it to the step by a variable, with Secret(\"VARIABLE\", secret), or by a file, with SecretFile(\"path\", secret)");

    /// <summary>A secret that a step needs is not there, or cannot be used.</summary>
    /// <param name="step">The step.</param>
    /// <param name="secret">The secret.</param>
    /// <param name="problem">What is wrong with where it comes from.</param>
    /// <returns>The fault.</returns>
    public static Fault Missing(StepInstance step, SecretUse secret, string problem) => new(
        "SMS1042", FaultKind.Usage, $"step '{step.Id}' needs the secret '{secret.Name}', but {problem}", step.DeclaredAt,
        secret.Source switch
        {
            SecretSource.FromEnvironment source => $"set {source.Variable} for this command, such as with 'read -rs {source.Variable} && export {source.Variable}'",
            SecretSource.FromCommand source => $"install '{source.Command[0]}', or give its path; it is not run before a step needs the secret",
            SecretSource.FromFile source => $"write the value into '{source.Path}', readable by you alone",
            _ => "see where the workflow says that it comes from",
        });

    internal static Fault VariableTakenTwice(StepInstance step, string variable) => Definition(
        "SMS1043", $"step '{step.Id}' sets the variable '{variable}' twice, once to a secret", step,
        "give each its own variable");

    internal static Fault InProcess(StepInstance step) => Definition(
        "SMS1044", $"the function of step '{step.Id}' takes a secret and is called in the host, where nothing masks what it prints", step,
        "leave out InProcess(): it is then called in a process of its own");

    internal static Fault Passed(StepInstance step, SecretUse secret, string variable) => Definition(
        "SMS1045", $"step '{step.Id}' is passed '{variable}', which holds the secret '{secret.Name}'", step,
        $"write Secret(\"{variable}\", secret) instead of Pass(\"{variable}\")");

    private static Fault Definition(string code, string what, StepInstance step, string advice) => new(code, FaultKind.Definition, what, step.DeclaredAt, advice);
}
