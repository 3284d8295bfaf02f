using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Secrets;
using ScaleMs.Engine.Sites;

namespace ScaleMs.Engine.Secrets;

/// <summary>Reads the values of secrets, at launch and nowhere else; before that it only looks whether they are there.</summary>
internal sealed class SecretReader(IDisk disk, CallerEnvironment environment, ToldSecrets told, string workspace)
{
    /// <summary>What is wrong with where a secret comes from; null when nothing is. Reads no value.</summary>
    public string? ProblemOf(SecretUse secret) => secret.Source switch
    {
        SecretSource.FromEnvironment source => string.IsNullOrEmpty(environment[source.Variable]) ? $"{source} is not set" : null,
        SecretSource.FromFile source => disk.Stat(PathOf(source)) switch
        {
            null => $"{source} is not there",
            { IsFile: true, Length: > 0 } => null,
            { IsFile: true } => $"{source} is empty",
            _ => $"{source} is no file",
        },
        SecretSource.FromCommand source => told.ProblemOf(source),
        _ => throw new InvalidOperationException($"Unknown source {secret.Source.GetType().Name}."),
    };

    /// <summary>Reads a value.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="cancellation">Ends a command that was asked for it.</param>
    /// <exception cref="SecretException">It is not there, or too short to be kept out of anything.</exception>
    public byte[] Read(SecretUse secret, CancellationToken cancellation)
    {
        if (ProblemOf(secret) is { } problem)
        {
            throw new SecretException($"the secret '{secret.Name}' is missing: {problem}");
        }

        var value = secret.Source switch
        {
            SecretSource.FromEnvironment source => System.Text.Encoding.UTF8.GetBytes(environment[source.Variable]!),
            SecretSource.FromCommand source => WithoutOneLineEnd(told.Read(source, secret.Name, cancellation)),
            _ => WithoutLineEnd(disk.ReadBytes(PathOf((SecretSource.FromFile)secret.Source))),
        };
        return value.Length >= SecretPatterns.LeastBytes
            ? value
            : throw new SecretException($"the secret '{secret.Name}' is shorter than {SecretPatterns.LeastBytes} bytes, so it could not be told from other text and masked");
    }

    /// <summary>Editors end a file with a line feed that is no part of a token, as shells take it.</summary>
    private static byte[] WithoutLineEnd(byte[] value) => value.AsSpan().TrimEnd("\r\n"u8).ToArray();

    /// <summary>As shells take what a command wrote, but for further line ends, which may be part of a key.</summary>
    private static byte[] WithoutOneLineEnd(byte[] value) => value is [.., (byte)'\r', (byte)'\n'] ? value[..^2] : value is [.., (byte)'\n'] ? value[..^1] : value;

    private string PathOf(SecretSource.FromFile source) => Path.GetFullPath(source.Path, workspace);
}
