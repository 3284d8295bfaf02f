namespace ScaleMs.Reporting.Terminal;

/// <summary>How a run is shown while it goes on; the words of <c>--progress</c>.</summary>
public enum ProgressKind
{
    /// <summary>A live area on a terminal, else plain lines.</summary>
    Auto,

    /// <summary>A line when a step starts, when it ends, and now and then between.</summary>
    Plain,

    /// <summary>Only failures, and the report at the end.</summary>
    None,

    /// <summary>An area at the bottom of the terminal that is redrawn in place; what <see cref="Auto"/> becomes on a terminal.</summary>
    Live,
}
