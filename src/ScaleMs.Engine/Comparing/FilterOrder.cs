using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;
using ScaleMs.Engine.Executing;

namespace ScaleMs.Engine.Comparing;

/// <summary>A filter to run.</summary>
/// <param name="Request">The attempt that made the file.</param>
/// <param name="Filter">The command.</param>
/// <param name="Output">The output, whose name the file has.</param>
/// <param name="File">The file, absolute; it is only read.</param>
/// <param name="Directory">The directory that is made for it, absolute.</param>
internal sealed record FilterOrder(ExecutionRequest Request, FilterCommand Filter, Output Output, string File, string Directory)
{
    /// <summary>The command as people would write it.</summary>
    public string Display => new Command(Filter.Program, Filter.ArgumentsFor(Output.Path.FileName)).Display;
}
