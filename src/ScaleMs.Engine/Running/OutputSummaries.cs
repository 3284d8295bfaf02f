using System.Collections;
using ScaleMs.Core.Events;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Running;

/// <summary>The outputs of a settled instance, told when somebody asks: tens of thousands of results wait for the end of a run.</summary>
/// <param name="step">The instance.</param>
/// <param name="result">What its consumers saw when it was settled.</param>
internal sealed class OutputSummaries(StepInstance step, ActionResult result) : IReadOnlyList<OutputSummary>
{
    public int Count
    {
        get
        {
            var count = 0;
            for (var i = 0; i < step.Outputs.Count; i++)
            {
                count += result.OutputAt(step.Outputs[i].Path).IsAbsent ? 0 : 1;
            }

            return count;
        }
    }

    public OutputSummary this[int index] => this.ElementAt(index);

    public IEnumerator<OutputSummary> GetEnumerator()
    {
        for (var i = 0; i < step.Outputs.Count; i++)
        {
            var output = step.Outputs[i];
            if (result.OutputAt(output.Path) is { IsAbsent: false } record)
            {
                yield return new OutputSummary((output.PublishTo ?? output.Path).Value, record.Bytes, LengthOf(output, record));
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Of a directory, what the files in it have together.</summary>
    private long LengthOf(Output output, OutputRecord record) =>
        output.IsTree ? result.RecordsOf(output).Where(file => file.Path != output.Path).Sum(file => file.Length) : record.Length;
}
