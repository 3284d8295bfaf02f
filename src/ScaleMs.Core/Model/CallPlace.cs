namespace ScaleMs.Core.Model;

/// <summary>Which process calls a function.</summary>
public enum CallPlace
{
    /// <summary>One of its own, made for the call.</summary>
    OwnProcess,

    /// <summary>One that has made other calls before and will make more, one at a time; one of its own where there is none.</summary>
    PersistentWorker,

    /// <summary>The host.</summary>
    Host,
}
