using ScaleMs.Core.Model;

namespace ScaleMs;

/// <content>Secrets that the step is given when it is launched.</content>
public sealed partial class Step
{
    private Declared<SecretUse> _secrets;

    /// <summary>Gives a secret to the step's processes by a variable of their environment.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="secret">The secret; its name and version are in the key, its value is nowhere.</param>
    /// <returns>This step.</returns>
    public Step Secret(string variable, Secret secret)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(variable);
        ArgumentNullException.ThrowIfNull(secret);
        _secrets.Add(new SecretUse(secret.Name, secret.Version, SourceOf(secret), variable, null));
        return this;
    }

    /// <summary>Gives a secret to the step's processes as a file that only this user may read, in memory where the machine allows it.</summary>
    /// <param name="path">The path under which this step finds it; it is there while the attempt runs.</param>
    /// <param name="secret">The secret; its name and version are in the key, its value is nowhere.</param>
    /// <returns>This step.</returns>
    public Step SecretFile(string path, Secret secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        _secrets.Add(new SecretUse(secret.Name, secret.Version, SourceOf(secret), null, Path(path)));
        return this;
    }

    /// <summary>A function may be given one secret by several of its arguments.</summary>
    internal void SecretArgument(Secret secret)
    {
        if (!Array.Exists(_secrets.ToArray(), use => use.Variable == secret.Variable && use.Name == secret.Name))
        {
            Secret(secret.Variable, secret);
        }
    }

    private static SecretSource SourceOf(Secret secret) =>
        secret.Source ?? throw new InvalidOperationException($"The secret '{secret.Name}' was given to a function; only a definition gives secrets to steps.");
}
