using ScaleMs.Core.Model;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Publishing;

/// <summary>A file of a result that is to stand in the workspace, or must not where the step left it out.</summary>
/// <param name="Output">The declaration that it belongs to.</param>
/// <param name="Record">Its record.</param>
/// <param name="Path">Where it is published.</param>
internal sealed record PublishedFile(Output Output, OutputRecord Record, ArtifactPath Path)
{
    /// <summary>The published files of a step: one for each published file output, and one for each file in a published directory.</summary>
    public static IEnumerable<PublishedFile> Of(StepInstance step, ActionResult result)
    {
        foreach (var output in step.Outputs)
        {
            if (output is { PublishTo: { } path, IsTree: false })
            {
                yield return new PublishedFile(output, result.OutputAt(output.Path), path);
            }
            else if (output is { PublishTo: not null, IsTree: true })
            {
                foreach (var record in result.RecordsOf(output).Where(record => record.Path != output.Path))
                {
                    yield return new PublishedFile(output, record, output.PublishedAt(record.Path)!);
                }
            }
        }
    }
}
