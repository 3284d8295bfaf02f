namespace ScaleMs.Core.Model;

/// <summary>A secret that a step is given when it is launched, and not a moment earlier. Nothing here holds its value.</summary>
/// <param name="Name">The secret's name; in the key.</param>
/// <param name="Version">What its author says of its value; in the key, which never holds the value itself.</param>
/// <param name="Source">Where the value is; not in the key.</param>
/// <param name="Variable">The variable that gives it to the step; null when a file does.</param>
/// <param name="File">The file in the private directory that gives it to the step; null when a variable does.</param>
public sealed record SecretUse(string Name, string Version, SecretSource Source, string? Variable, ArtifactPath? File)
{
    /// <summary>Where the step finds it: the variable, or the file's path.</summary>
    public string Place => Variable ?? File?.Value ?? string.Empty;
}

/// <summary>Where the value of a secret is.</summary>
public abstract record SecretSource
{
    private SecretSource()
    {
    }

    /// <summary>A variable of the environment that the host was started with.</summary>
    /// <param name="Variable">Its name.</param>
    public sealed record FromEnvironment(string Variable) : SecretSource
    {
        /// <inheritdoc/>
        public override string ToString() => $"the environment variable {Variable}";
    }

    /// <summary>A command, whose standard output it is.</summary>
    /// <param name="Command">The program and its arguments; at least the program.</param>
    public sealed record FromCommand(IReadOnlyList<string> Command) : SecretSource
    {
        /// <inheritdoc/>
        public bool Equals(FromCommand? other) => other is not null && Command.SequenceEqual(other.Command, StringComparer.Ordinal);

        /// <inheritdoc/>
        public override int GetHashCode() => Command.Aggregate(0, (hash, text) => HashCode.Combine(hash, text));

        /// <inheritdoc/>
        public override string ToString() => $"the command '{new Command(Command[0], [.. Command.Skip(1)]).Display}'";
    }

    /// <summary>A file.</summary>
    /// <param name="Path">Relative to the workspace with <c>/</c>, or absolute.</param>
    public sealed record FromFile(string Path) : SecretSource
    {
        /// <inheritdoc/>
        public override string ToString() => $"the file '{Path}'";
    }
}
