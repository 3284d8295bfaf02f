using ScaleMs.Core.Model;
using ScaleMs.Store.Snapshots;

namespace ScaleMs.Store.Definitions;

/// <summary>The binary form of what a step is given of secrets: where each is and goes, never its value.</summary>
internal static class SecretCodec
{
    private enum From
    {
        Environment,
        Command,
        File,
    }

    public static void Write(BinarySink sink, SecretUse secret)
    {
        sink.AnyText(secret.Name);
        sink.AnyText(secret.Version);
        WriteSource(sink, secret.Source);
        sink.OptionalText(secret.Variable);
        sink.OptionalPath(secret.File);
    }

    public static SecretUse Read(BinarySource source) => new(source.AnyText(), source.AnyText(), ReadSource(source), source.OptionalText(), source.OptionalPath());

    private static void WriteSource(BinarySink sink, SecretSource secret)
    {
        switch (secret)
        {
            case SecretSource.FromEnvironment environment:
                sink.Choice((int)From.Environment);
                sink.AnyText(environment.Variable);
                break;
            case SecretSource.FromCommand command:
                sink.Choice((int)From.Command);
                sink.List(command.Command, PartCodec.AnyText);
                break;
            case SecretSource.FromFile file:
                sink.Choice((int)From.File);
                sink.AnyText(file.Path);
                break;
            default:
                throw new InvalidOperationException($"A kept declaration has no form for {secret.GetType().Name}: this is a bug in ScaleMs.Store.");
        }
    }

    private static SecretSource ReadSource(BinarySource source) => (From)source.Choice((int)From.File) switch
    {
        From.Environment => new SecretSource.FromEnvironment(source.AnyText()),
        From.Command => new SecretSource.FromCommand(source.Items(PartCodec.AnyText)),
        _ => new SecretSource.FromFile(source.AnyText()),
    };
}
