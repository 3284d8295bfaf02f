using ScaleMs.Core.Model;
using ScaleMs.Store.Snapshots;

namespace ScaleMs.Store.Definitions;

/// <summary>The binary form of a step's declaration: what is read equals what was written in every part, and is as good as declared anew.</summary>
/// <remarks>
/// Code has no such form: a step that calls a function or reads progress cannot be kept, nor can one with an identity that <see cref="IdentityCodec"/> does not know. What a part can be
/// changes with the program, so a file of declarations is for the version that wrote it.
/// </remarks>
internal static class StepCodec
{
    private static readonly Dictionary<string, string> NoVariables = new(StringComparer.Ordinal);

    /// <summary>Whether every part of a declaration can be written.</summary>
    public static bool CanKeep(StepInstance step) =>
        step.Operation is Operation.Commands && step.Progress is null && CanKeepOutputs(step) && KnowsInputs(step) && KnowsTemplates(step);

    /// <summary>Whether what is needed of a producer whose result is recorded can be written, whatever it does.</summary>
    public static bool CanKeepOutputs(StepInstance step)
    {
        for (var i = 0; i < step.Outputs.Count; i++)
        {
            if (!IdentityCodec.Knows(step.Outputs[i].Identity))
            {
                return false;
            }
        }

        return true;
    }

    /// <exception cref="InvalidOperationException">It is none that <see cref="CanKeep"/> takes.</exception>
    public static void Write(BinarySink sink, StepInstance step)
    {
        if (step is not { Operation: Operation.Commands commands, Progress: null })
        {
            throw new InvalidOperationException($"The declaration of '{step.Id}' holds code and has no binary form: this is a bug in ScaleMs.Store.");
        }

        WriteOutputsOnly(sink, step);
        sink.List(commands.List, CommandCodec.Write);
        sink.List(step.Inputs, InputCodec.Write);
        sink.List(step.Templates, InputCodec.WriteTemplate);
        sink.List(step.Environment, PartCodec.Pair);
        sink.List(step.PassedEnvironment, PartCodec.AnyText);
        sink.List(step.Secrets, SecretCodec.Write);
        sink.List(step.Parameters, PartCodec.Pair);
        sink.List(step.Tools, ToolCodec.Write);
        ToolCodec.WriteFacts(sink, step.SiteFacts);
        SuccessCodec.Write(sink, step.Success);
        sink.List(step.Checkpoint, PartCodec.Path);
        ResourceCodec.Write(sink, step.Resources);
        RetryCodec.Write(sink, step.Retries);
        sink.AnyText(step.Launcher);
        sink.Flag(step.IsStochastic);
        sink.Flag(step.IsAlways);
        sink.Flag(step.KeepsState);
        sink.Choice((int)step.LogFraming);
        sink.AnyText(step.Recipe);
    }

    // Initialisers run in the order they are written, which is the order of the fields.
    /// <exception cref="Core.Ports.StoreException">The bytes are damaged.</exception>
    /// <exception cref="ArgumentException">The bytes are damaged.</exception>
    /// <exception cref="OverflowException">The bytes are damaged.</exception>
    public static StepInstance Read(BinarySource source) => ReadOutputsOnly(source) with
    {
        Operation = new Operation.Commands(source.Items(CommandCodec.Read)),
        Inputs = source.Items(InputCodec.Read),
        Templates = source.Items(InputCodec.ReadTemplate),
        Environment = Variables(source),
        PassedEnvironment = source.Items(PartCodec.AnyText),
        Secrets = source.Items(SecretCodec.Read),
        Parameters = source.Items(PartCodec.Pair),
        Tools = source.Items(ToolCodec.Read),
        SiteFacts = ToolCodec.ReadFacts(source),
        Success = SuccessCodec.Read(source),
        Checkpoint = source.Items(PartCodec.Path),
        Resources = ResourceCodec.Read(source),
        Retries = RetryCodec.Read(source),
        Launcher = source.AnyText(),
        IsStochastic = source.Flag(),
        IsAlways = source.Flag(),
        KeepsState = source.Flag(),
        LogFraming = (LogFraming)source.Choice((int)LogFraming.Nul),
        Recipe = source.AnyText(),
    };

    /// <summary>Writes the name, the place and the outputs of a step that <see cref="CanKeepOutputs"/> takes.</summary>
    public static void WriteOutputsOnly(BinarySink sink, StepInstance step)
    {
        sink.Step(step.Id);
        sink.OptionalText(step.DeclaredAt.File);
        sink.Whole(step.DeclaredAt.Line);
        sink.OptionalText(step.DeclaredAt.UsedAt);
        sink.List(step.Outputs, OutputCodec.Write);
    }

    /// <summary>Reads what stands for a producer whose result is recorded.</summary>
    /// <returns>A step without commands.</returns>
    public static StepInstance ReadOutputsOnly(BinarySource source) => new()
    {
        Id = source.Step(),
        // The place of a step that says none has not even an empty file.
        DeclaredAt = new SourceLocation(source.OptionalText()!, source.Whole()) { UsedAt = source.OptionalText() },
        Outputs = source.Items(OutputCodec.Read),
        Operation = new Operation.Commands([]),
    };

    private static bool KnowsInputs(StepInstance step)
    {
        for (var i = 0; i < step.Inputs.Count; i++)
        {
            if (!IdentityCodec.Knows(step.Inputs[i].Identity))
            {
                return false;
            }
        }

        return true;
    }

    private static bool KnowsTemplates(StepInstance step)
    {
        for (var i = 0; i < step.Templates.Count; i++)
        {
            if (step.Templates[i].Form is { } form && !IdentityCodec.Knows(form))
            {
                return false;
            }
        }

        return true;
    }

    private static Dictionary<string, string> Variables(BinarySource source)
    {
        var pairs = source.Items(PartCodec.Pair);
        return pairs.Length == 0 ? NoVariables : new Dictionary<string, string>(pairs, StringComparer.Ordinal);
    }
}
