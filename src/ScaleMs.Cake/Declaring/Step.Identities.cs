using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <content>Outputs that more than their bytes decide about.</content>
public sealed partial class Step
{
    /// <summary>Declares a table of numbers that counts as the former one while it is within a tolerance of it: its bytes are then kept, and readers stay up to date.</summary>
    /// <param name="path">The path in the private directory.</param>
    /// <param name="identity">The tolerance.</param>
    /// <param name="publish">Where it is published, relative to the workspace; null when it only feeds other steps.</param>
    /// <param name="keep">How long the store keeps its bytes; with them goes what a later one could be compared with. Not in the key.</param>
    /// <param name="store">Where its bytes are kept: as a blob, or only where it is published. Not in the key.</param>
    /// <param name="isOptional">Whether the step may leave it out: its absence is then recorded, and who reads it gets no file.</param>
    /// <returns>This step.</returns>
    public Step Output(
        string path, ToleranceIdentity identity, string? publish = null, Keep keep = Keep.Always, StoreAs store = StoreAs.Blob, bool isOptional = false) =>
        Output(path, new OutputIdentity.Tolerance(identity), publish, keep, store, isOptional);

    /// <summary>Declares an output of which counts what a command prints when it reads the file.</summary>
    /// <param name="path">The path in the private directory.</param>
    /// <param name="identity">The command. It runs each time the step made the file; when it fails, the step does.</param>
    /// <param name="publish">Where it is published, relative to the workspace; null when it only feeds other steps.</param>
    /// <param name="keep">How long the store keeps its bytes; the record stays. Not in the key.</param>
    /// <param name="store">Where its bytes are kept: as a blob, or only where it is published. Not in the key.</param>
    /// <param name="isOptional">Whether the step may leave it out: its absence is then recorded, and who reads it gets no file.</param>
    /// <returns>This step.</returns>
    public Step Output(
        string path, FilterCommand identity, string? publish = null, Keep keep = Keep.Always, StoreAs store = StoreAs.Blob, bool isOptional = false) =>
        Output(path, new OutputIdentity.Filtered(identity), publish, keep, store, isOptional);

    /// <summary>The declared tools, and the programs of filters that are none of them: those are known by their bytes.</summary>
    private Tool[] BuildTools()
    {
        var tools = _tools.ToArray();
        foreach (var output in _outputs.ToArray())
        {
            if (FilterOf(output.Identity) is { } filter && !Array.Exists(tools, tool => tool.Name == filter.Program))
            {
                tools = [.. tools, ToolSpec.Binary(filter.Program).Tool];
            }
        }

        return _collector.Known(InOrder(tools, static tool => tool.Name));
    }

    private static FilterCommand? FilterOf(OutputIdentity identity) => identity switch
    {
        OutputIdentity.Filtered filtered => filtered.Filter,
        OutputIdentity.Tolerance tolerance => tolerance.Rule.Filter,
        _ => null,
    };
}
