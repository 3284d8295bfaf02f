using System.CommandLine;
using System.Net;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Amqp;
using ScaleMs.Tool.Farm;
using ScaleMs.Tool.Wording;
using Command = System.CommandLine.Command;

namespace ScaleMs.Tool.Commands;

/// <summary><c>scalems blobs</c>.</summary>
internal static class BlobsCommand
{
    private static readonly Option<string> Listen = new("--listen") { Description = "where it listens: http://HOST:PORT with the host as clients write it, or http://+:PORT", HelpName = "ADDRESS", Required = true };
    private static readonly Option<string> Folder = new("--folder") { Description = "the folder that holds the blobs", HelpName = "DIR", Required = true };
    private static readonly Option<string> TokenFile = FarmOptions.TokenFile();
    private static readonly Option<long> Most = new("--max-blob")
    {
        Description = "the largest blob; 64 GiB by default",
        HelpName = "SIZE",
        DefaultValueFactory = _ => 64L << 30,
        CustomParser = Parsing.With<long>(TrySize, "a size such as 64GiB"),
    };

    private static readonly Option<long?> MostTogether = new("--max-size")
    {
        Description = "how much room blobs may take; beyond it those that were used longest ago go first, but none of the last hour",
        HelpName = "SIZE",
        CustomParser = Parsing.With<long?>(TrySize, "a size such as 500GiB"),
    };

    private static readonly Option<TimeSpan?> MostAge = new("--max-age")
    {
        Description = "how long a blob is kept that nobody uses",
        HelpName = "TIME",
        CustomParser = Parsing.With<TimeSpan?>(TryAge, "a time of at least 1h, such as 30d"),
    };

    private static readonly Argument<DirectoryInfo> Collected = new("DIR") { Description = "the directory that clients and workers have as their place of blobs" };

    public static Command Create()
    {
        var command = new Command("blobs", "Serves blobs over HTTP to the clients and workers of a farm, where they see no common directory.") { Listen, Folder, TokenFile, Most, MostTogether, MostAge };
        var collect = new Command("collect", "Removes blobs of a shared directory that nobody used for long; a farm may be at work there.") { Collected, MostTogether, MostAge };
        collect.SetAction(Collect);
        command.Add(collect);
        command.SetAction(Run);
        return command;
    }

    private static BlobLimits Limits(ParseResult parsed) => new() { MostBytes = parsed.GetValue(MostTogether), MostAge = parsed.GetValue(MostAge) };

    private static int Collect(ParseResult parsed)
    {
        var directory = parsed.GetRequiredValue(Collected);
        if (!directory.Exists)
        {
            throw new FarmUsageException($"there is no directory '{directory.FullName}'");
        }

        if (Limits(parsed) is { MostBytes: null, MostAge: null })
        {
            throw new FarmUsageException("say what may be kept: --max-age, --max-size or both");
        }

        try
        {
            var done = BlobCollector.Collect(directory.FullName, Limits(parsed));
            parsed.Output().WriteLine($"removed {done.Removed} blobs ({Size.Of(done.RemovedBytes)}); {done.Kept} are left ({Size.Of(done.KeptBytes)})");
            return ExitCodes.Done;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new FarmUsageException(trouble.Message, trouble);
        }
    }

    private static int Run(ParseResult parsed)
    {
        using var signals = new Signals();
        var output = TextWriter.Synchronized(parsed.Output());
        try
        {
            using var server = new BlobServer(new BlobServerOptions
            {
                Listen = parsed.GetRequiredValue(Listen),
                Directory = Path.GetFullPath(parsed.GetRequiredValue(Folder)),
                Token = FarmOptions.Token(parsed.GetRequiredValue(TokenFile)),
                MostBytes = parsed.GetValue(Most),
                Limits = Limits(parsed),
                Notice = output.WriteLine,
            });
            output.WriteLine($"serving blobs at {parsed.GetRequiredValue(Listen)}");
            output.Flush();
            server.RunAsync(signals.Drain).GetAwaiter().GetResult();
            return ExitCodes.Done;
        }
        catch (Exception wrong) when (wrong is ArgumentException or HttpListenerException or StoreException)
        {
            throw new FarmUsageException(wrong.Message, wrong);
        }
    }

    private static bool TrySize(string text, out long? bytes)
    {
        bytes = TrySize(text, out long size) ? size : null;
        return bytes is not null;
    }

    private static bool TryAge(string text, out TimeSpan? age)
    {
        age = Duration.TryParse(text);
        return age >= BlobLimits.Least;
    }

    private static bool TrySize(string text, out long bytes)
    {
        bytes = ByteSize.TryParse(text) ?? -1;
        return bytes > 0;
    }
}
