using ScaleMs.Core.Ports;

namespace ScaleMs.Engine.Comparing;

/// <summary>Takes what a filter prints, as it comes.</summary>
internal interface IFilterSink : ILogFilter
{
    /// <summary>What is wrong with what was printed; null for nothing.</summary>
    string? Problem { get; }

    /// <summary>The filter has ended: nothing more is taken.</summary>
    void Close();
}
