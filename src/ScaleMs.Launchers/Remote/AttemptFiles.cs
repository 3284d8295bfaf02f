using System.Globalization;

namespace ScaleMs.Launchers.Remote;

/// <summary>Names in the root of an attempt that runs elsewhere: the directory above its private one.</summary>
internal static class AttemptFiles
{
    /// <summary>What is to be run, as shell; only its owner may read it, and it is removed at the end.</summary>
    internal const string Order = "order.sh";

    /// <summary>A directory: whoever makes it runs the attempt, unless it is <see cref="OpenClaim"/>.</summary>
    internal const string Claim = "claim";

    /// <summary>An empty file in a claim that the client has made: whoever makes the file <c>pid</c> beside it runs the attempt.</summary>
    internal const string OpenClaim = Claim + "/open";

    /// <summary>A number that the wrapper counts up every ten seconds.</summary>
    internal const string Heartbeat = "heartbeat";

    /// <summary>What the commands of a launch with a filter print, unfiltered; only its owner may read it, and it is removed once taken.</summary>
    internal const string RawLog = "log.raw";

    /// <summary>How it ended; written last, by a rename.</summary>
    internal const string Result = "result.json";

    /// <summary>Made by the client to have the attempt ended.</summary>
    internal const string Cancel = "cancel";

    /// <summary>Written by the client with the submission: which launcher, site and job.</summary>
    internal const string Submitted = "submitted.json";

    /// <summary>A directory beside the roots, with an empty file named as the root of each attempt that has ended.</summary>
    internal const string Ended = ".ended";

    /// <summary>The text of a command's standard input; only its owner may read it, and it is removed at the end.</summary>
    /// <param name="index">The command's index.</param>
    internal static string Input(int index) => string.Create(CultureInfo.InvariantCulture, $"stdin.{index}");
}
