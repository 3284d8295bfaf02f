using ScaleMs.Core.Identity;
using ScaleMs.Core.Ports;

namespace ScaleMs.Engine.Comparing;

/// <summary>The lines of a table as they come: those of a file, or what a filter prints of it.</summary>
internal abstract class TableLines
{
    /// <summary>Takes the next line; null at the end.</summary>
    public abstract ValueTask<string?> NextAsync();

    /// <summary>Reads on after the last line that was wanted, so far as needed to know that the table could be read at all.</summary>
    /// <param name="reader">Takes what is read.</param>
    /// <returns>How that ended.</returns>
    public abstract Task<FilterEnd> EndAsync(TableReader reader);

    /// <summary>Stops; nobody wants to know more of it.</summary>
    /// <returns>How it ended.</returns>
    public virtual Task<FilterEnd> StopAsync() => Task.FromResult(FilterEnd.Well);

    /// <summary>Whether there was no further row.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Takes lines up to the next row.</summary>
    public async Task<TableRow?> NextRowAsync(TableReader reader)
    {
        while (await NextAsync().ConfigureAwait(false) is { } line)
        {
            if (reader.Take(line) is { } row)
            {
                return row;
            }
        }

        IsAtEnd = true;
        return null;
    }

    /// <summary>The lines of a file.</summary>
    internal sealed class OfFile(IDisk disk, string file) : TableLines
    {
        private readonly IEnumerator<string> _lines = disk.ReadLines(file).GetEnumerator();

        public override ValueTask<string?> NextAsync() => ValueTask.FromResult(_lines.MoveNext() ? _lines.Current : null);

        public override Task<FilterEnd> EndAsync(TableReader reader)
        {
            while (!reader.HasNumbers && _lines.MoveNext())
            {
                reader.Take(_lines.Current);
            }

            return StopAsync();
        }

        public override Task<FilterEnd> StopAsync()
        {
            _lines.Dispose();
            return base.StopAsync();
        }
    }

    /// <summary>What a filter prints; it is read to the end, for only then it is known not to fail.</summary>
    internal sealed class OfFilter : TableLines
    {
        private readonly LineSink _sink = new();
        private readonly CancellationTokenSource _stop;
        private readonly Task<FilterEnd> _run;

        public OfFilter(FilterRunner filters, FilterOrder order, CancellationToken cancellation)
        {
            _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            _run = filters.RunAsync(order, _sink, _stop.Token);
        }

        public override ValueTask<string?> NextAsync() => _sink.NextAsync();

        public override async Task<FilterEnd> EndAsync(TableReader reader)
        {
            while (await NextAsync().ConfigureAwait(false) is { } line)
            {
                reader.Take(line);
            }

            using (_stop)
            {
                return await _run.ConfigureAwait(false);
            }
        }

        public override async Task<FilterEnd> StopAsync()
        {
            _sink.Stop();
            await _stop.CancelAsync().ConfigureAwait(false);
            using (_stop)
            {
                return await _run.ConfigureAwait(false);
            }
        }
    }
}
