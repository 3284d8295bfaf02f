namespace ScaleMs.Core.Model;

/// <summary>What a step instance does: run commands, or call a C# function.</summary>
public abstract record Operation
{
    private Operation()
    {
    }

    /// <summary>Commands run one after another in the private directory; the first that fails ends the step.</summary>
    /// <param name="List">At least one command.</param>
    public sealed record Commands(IReadOnlyList<Command> List) : Operation;

    /// <summary>A static C# method.</summary>
    /// <param name="Name">Namespace, type and method, for people: <c>Simulate.Tables.Merge</c>.</param>
    /// <param name="Signature">Assembly name, type, method and parameter types: what finds the method again.</param>
    /// <param name="CodeDigest">Digest of the IL that the method reaches in user assemblies, in hex.</param>
    /// <param name="Code">The parts of that digest by name, so that an explanation can name the callee that changed.</param>
    /// <param name="Arguments">The values of the parameters that are not files, as JSON by parameter name.</param>
    public sealed record Function(
        string Name,
        string Signature,
        string CodeDigest,
        IReadOnlyList<KeyValuePair<string, string>> Code,
        IReadOnlyList<KeyValuePair<string, string>> Arguments) : Operation
    {
        /// <summary>Which process calls it; not in the key.</summary>
        public CallPlace Place { get; init; }

        /// <summary>The user assemblies that were read for <see cref="CodeDigest"/>, with the ids of their builds; not in the key.</summary>
        public IReadOnlyList<KeyValuePair<string, string>> Builds { get; init; } = [];
    }
}
