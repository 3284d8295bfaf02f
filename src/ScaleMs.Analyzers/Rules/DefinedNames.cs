using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace ScaleMs.Analyzers;

/// <summary>Names that the code of one method gives to what it defines.</summary>
internal static class DefinedNames
{
    /// <summary>Looks for names that are given twice, to things that are certainly defined together.</summary>
    /// <param name="block">The code.</param>
    /// <param name="types">The types that workflows are declared with.</param>
    public static void Check(OperationBlockAnalysisContext block, KnownTypes types)
    {
        var calls = block.OperationBlocks.SelectMany(code => code.DescendantsAndSelf()).OfType<IInvocationOperation>()
            .Where(call => KnownTypes.Is(call.TargetMethod.ContainingType, types.Builder)).ToList();
        CheckSteps(block, calls);
        foreach (var call in calls)
        {
            Axes.Check(call, types, block.ReportDiagnostic);
        }
    }

    private static void CheckSteps(OperationBlockAnalysisContext block, List<IInvocationOperation> calls)
    {
        var given = new Dictionary<GivenName, IInvocationOperation>();
        foreach (var call in calls)
        {
            if (GivenName.Of(call) is not { } name)
            {
                continue;
            }

            if (given.ContainsKey(name))
            {
                block.ReportDiagnostic(Finding.Of(Rules.NameClash, name.Place, name.What, "give one another name, or the members of an expansion different names"));
            }
            else
            {
                given.Add(name, call);
            }
        }
    }
}
