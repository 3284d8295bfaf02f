using ScaleMs.Core.Failures;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;

namespace ScaleMs.Engine.Comparing;

/// <summary>Reads the table that a step made, beside the one that stands for it where there is one.</summary>
internal sealed class TableCheck(ToleranceIdentity rule, ArtifactPath output)
{
    /// <summary>Reads a table that there is nothing to compare with.</summary>
    /// <param name="made">The table.</param>
    public async Task<TableVerdict> AloneAsync(TableLines made)
    {
        var reader = new TableReader();
        var end = await made.EndAsync(reader).ConfigureAwait(false);
        return new TableVerdict(null, end.Failure ?? ProblemOf(reader), end.LeftNobody);
    }

    /// <summary>Compares a table with the one that stands for it.</summary>
    /// <param name="former">The one that stands for it.</param>
    /// <param name="made">The table.</param>
    public async Task<TableVerdict> BesideAsync(TableLines former, TableLines made)
    {
        var comparison = new TableComparison(rule, output.FileName);
        var (difference, end) = await ReadAsync(comparison, former, made).ConfigureAwait(false);
        var other = former.IsAtEnd ? await former.EndAsync(comparison.Former).ConfigureAwait(false) : await former.StopAsync().ConfigureAwait(false);
        difference = other.Failure is { Class: not FailureClass.Cancelled } trouble ? $"what stood for {output.FileName} cannot be compared with: {trouble.Message}" : difference;
        return new TableVerdict(difference, end.Failure ?? ProblemOf(comparison.Made), end.LeftNobody && other.LeftNobody);
    }

    /// <summary>Another table than was expected is still to be one: what was made is read to its end, so that a filter that fails on it is told rather than a difference.</summary>
    private static async Task<(string? Difference, FilterEnd End)> ReadAsync(TableComparison comparison, TableLines former, TableLines made)
    {
        try
        {
            return (await DifferenceAsync(comparison, former, made).ConfigureAwait(false), await made.EndAsync(comparison.Made).ConfigureAwait(false));
        }
        catch
        {
            await former.StopAsync().ConfigureAwait(false); // the disk refused: no process is left behind
            throw;
        }
    }

    private static async Task<string?> DifferenceAsync(TableComparison comparison, TableLines former, TableLines made)
    {
        while (true)
        {
            var was = await former.NextRowAsync(comparison.Former).ConfigureAwait(false);
            var now = await made.NextRowAsync(comparison.Made).ConfigureAwait(false);
            if (comparison.Difference(was, now) is { } difference)
            {
                return difference;
            }

            if (was is null)
            {
                return null;
            }
        }
    }

    private Failure? ProblemOf(TableReader reader) =>
        reader.HasNumbers && rule.ProblemOf(reader.Names) is { } problem ? new Failure(FailureClass.OutputMissing, $"output '{output}' {problem}") : null;
}
