using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;

namespace ScaleMs.Core.Records;

/// <summary>Records that are found one by one, where reading all of them for a few would take too long.</summary>
/// <remarks>What it finds is what <see cref="ReadAll"/> holds, and the same object each time. Thread-safe.</remarks>
public interface IRecordSource
{
    /// <summary>Finds the result under a key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The result; null when there is none.</returns>
    ActionResult? FindResult(ActionKey key);

    /// <summary>Finds what an instance stands at.</summary>
    /// <param name="step">The instance.</param>
    /// <returns>Its state; null when it never ran.</returns>
    StepStateRecord? FindState(StepId step);

    /// <summary>Finds what is known of a file.</summary>
    /// <param name="path">The path, as records name it.</param>
    /// <returns>The fact; null when there is none.</returns>
    FileFactRecord? FindFile(string path);

    /// <summary>Finds what is published at a path.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The entry of the manifest; null when there is none.</returns>
    PublishedRecord? FindPublished(ArtifactPath path);

    /// <summary>Finds what is known of a tool.</summary>
    /// <param name="probe">The question.</param>
    /// <returns>The fact; null when there is none.</returns>
    ToolFactRecord? FindTool(string probe);

    /// <summary>Finds the results that an instance made first.</summary>
    /// <param name="step">The instance.</param>
    /// <returns>The results, in no order.</returns>
    IEnumerable<ActionResult> ResultsOf(StepId step);

    /// <summary>Reads all records, for a question that no single one answers.</summary>
    /// <returns>The state that they give; read once.</returns>
    StoreState ReadAll();
}
