using ScaleMs.Core.Records;

namespace ScaleMs.Core.Planning;

/// <summary>The wording of what was made elsewhere: nobody verified that the action would make it.</summary>
public static class ImportReasons
{
    /// <summary>An instance takes a result from a folder in this run.</summary>
    /// <param name="from">The folder.</param>
    /// <returns>The reason.</returns>
    public static Reason Taken(string from) => new("imported", $"imported from {from}, unverified");

    /// <summary>Where an imported result comes from.</summary>
    /// <param name="result">An imported result.</param>
    /// <returns>A phrase such as <c>imported from old in run 1, unverified</c>.</returns>
    public static string Text(ActionResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return $"imported from {result.ImportedFrom} in run {result.RunId}, unverified";
    }
}
