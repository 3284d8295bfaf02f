using ScaleMs.Core.Digests;

namespace ScaleMs.Testing;

/// <summary>Ready-made scripts.</summary>
public static class StepScripts
{
    /// <summary>Writes into each output a digest of the commands, of all staged files and of the output's name: a step that does its work, whatever it is.</summary>
    public static StepScript DigestOfInputs { get; } = step =>
    {
        var work = string.Join('\n', step.Commands.Concat(step.Files.Select(file => $"{file}={step.Read(file)}")));
        foreach (var output in step.Outputs)
        {
            step.Write(output, $"{output} {Digest.OfText(work).Brief}\n");
        }

        return ScriptedEnd.Done;
    };
}
