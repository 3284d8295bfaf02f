namespace ScaleMs.Reporting.Control;

/// <summary>Whether a run goes on.</summary>
public enum RunState
{
    /// <summary>No run is known.</summary>
    None = 0,

    /// <summary>Something holds the store, and has not begun to execute: a run that plans, or a command that looks after the store.</summary>
    Starting,

    /// <summary>It goes on.</summary>
    Running,

    /// <summary>It has ended by itself, or was interrupted.</summary>
    Ended,

    /// <summary>Its process is gone without a word: it was killed, or the machine was switched off.</summary>
    Lost,
}
