using System.CommandLine;
using System.Net;
using ScaleMs.Core.Model;
using ScaleMs.Launchers.Amqp;
using ScaleMs.Tool.Farm;
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

    public static Command Create()
    {
        var command = new Command("blobs", "Serves blobs over HTTP to the clients and workers of a farm, where they see no common directory.") { Listen, Folder, TokenFile, Most };
        command.SetAction(Run);
        return command;
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
                Notice = output.WriteLine,
            });
            output.WriteLine($"serving blobs at {parsed.GetRequiredValue(Listen)}");
            output.Flush();
            server.RunAsync(signals.Drain).GetAwaiter().GetResult();
            return ExitCodes.Done;
        }
        catch (Exception wrong) when (wrong is ArgumentException or HttpListenerException)
        {
            throw new FarmUsageException(wrong.Message, wrong);
        }
    }

    private static bool TrySize(string text, out long bytes)
    {
        bytes = ByteSize.TryParse(text) ?? -1;
        return bytes > 0;
    }
}
