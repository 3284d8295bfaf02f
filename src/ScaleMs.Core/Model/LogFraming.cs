namespace ScaleMs.Core.Model;

/// <summary>How the records of a step's log are told apart. Not in the key.</summary>
public enum LogFraming
{
    /// <summary>The log is text for people; nothing is read out of it.</summary>
    None,

    /// <summary>A record is a line.</summary>
    Lines,

    /// <summary>A record ends with a NUL byte, and may have several lines.</summary>
    Nul,
}
