using Cake.Core.Diagnostics;
using Cake.Frosting;

namespace Simulate;

/// <summary>Removes the published results and the store's bytes; a plain Cake task.</summary>
/// <remarks>Someone who wants the records of earlier runs gone as well deletes <c>.scalems</c> while nothing runs.</remarks>
[TaskName("clean"), TaskDescription("Removes this study's results and all stored bytes; edited and other files stay")]
public sealed class CleanTask : FrostingTask<MdContext>
{
    /// <inheritdoc/>
    public override void Run(MdContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var (removed, kept) = Cleaning.Clean(context.Workspace);
        context.Log.Information("{0} results removed", removed);
        foreach (var file in kept)
        {
            context.Log.Warning("kept, because this study did not make it, or not as it is: {0}", file);
        }
    }
}
