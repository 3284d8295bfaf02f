using Cake.Core;
using Cake.Frosting;
using ScaleMs.Core.Identity;
using ScaleMs.Engine.Functions;

namespace ScaleMs.Engine.Tests.Functions;

/// <summary>What <see cref="PureCode"/> holds against a source whose <c>Study.Run</c> is where the code begins.</summary>
internal static class Purity
{
    private const string Usings = "using System.Globalization; using System.IO; using System.Text; using System.Text.RegularExpressions; using ScaleMs;\n";

    /// <summary>Members that count as impure.</summary>
    /// <param name="source">The source of the assembly.</param>
    /// <param name="library">The source of an assembly that it refers to; null for none.</param>
    /// <param name="passedOn">The name of a method that is only passed on; null for none.</param>
    public static IReadOnlyList<string> Of(string source, string? library = null, string? passedOn = null)
    {
        using var variant = new Variant();
        variant.Knowing(typeof(Step), typeof(ICakeContext), typeof(FrostingContext), typeof(ContentIdentity));
        if (library is not null)
        {
            variant.With("Library", Usings + library);
        }

        variant.With("Study", Usings + source);
        return PureCode.Impurities([variant.Method()], passedOn is null ? [] : [variant.Method(method: passedOn)]);
    }

    /// <summary>For a body of <c>Study.Run</c>, with a class for further members.</summary>
    public static IReadOnlyList<string> OfBody(string body, string members = "", string types = "") =>
        Of($"public static class Study {{ {members} public static object Run(int n, string text, StepBuilder steps, ScaleMsContext context) {{ {body} }} }}\n{types}");
}
