using Xunit;

namespace ScaleMs.Conformance.Tests;

/// <summary>Tests that look at what is written to the console of this process: while one of them runs no other writes there.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ConsoleCollection
{
    public const string Name = "the console";
}
