using System.Collections.Generic;
using Microsoft.CodeAnalysis.Operations;

namespace ScaleMs.Analyzers;

/// <summary>A step that some code adds, with what the code says of it.</summary>
/// <param name="creation">The call that adds it.</param>
internal sealed class DeclaredStep(IInvocationOperation creation)
{
    /// <summary>The call that adds it.</summary>
    public IInvocationOperation Creation { get; } = creation;

    /// <summary>Its name; null when the source does not show it.</summary>
    public string? Name { get; } = Texts.Constant(Texts.Argument(creation, "name"));

    /// <summary>The calls that describe it, in the order of the source.</summary>
    public List<IInvocationOperation> Calls { get; } = [];

    /// <summary>Whether other code gets hold of it, and may describe it further.</summary>
    public bool Escapes { get; set; }

    /// <summary>How messages call it.</summary>
    public string Title => Name is null ? "the step" : $"step '{Name}'";
}
