using System.Text;
using System.Text.Json;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;

namespace ScaleMs.Launchers.Remote;

/// <summary>Reads <c>result.json</c>, which a node wrote: nothing in it is believed that was not looked at.</summary>
internal static class ResultReader
{
    private const int DeepestNesting = 8;
    private const int LongestText = 64 << 10;
    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(3650);

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = DeepestNesting, AllowDuplicateProperties = false };
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal static AttemptResult? Read(string text, out string problem)
    {
        problem = string.Empty;
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            return Of(document.RootElement);
        }
        catch (DecoderFallbackException)
        {
            problem = "has a name that is not UTF-8, which no output may have";
            return null;
        }
        catch (Refusal refusal)
        {
            problem = refusal.Message;
            return null;
        }
        catch (Exception trouble) when (trouble is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            problem = "is no result: " + trouble.Message;
            return null;
        }
    }

    private static AttemptResult Of(JsonElement root)
    {
        var version = root.GetProperty("version").GetInt32();
        return version != AttemptResult.Version
            ? throw new Refusal($"has version {version}; this program reads {AttemptResult.Version}")
            : new AttemptResult
            {
                End = End(Text(root, "end")),
                ExitCode = (int)Number(root, "exitCode", 255),
                CommandIndex = (int)Number(root, "commandIndex", int.MaxValue),
                Wall = Time(root, "wallSeconds"),
                Cpu = Time(root, "cpuSeconds"),
                PeakMemoryBytes = Number(root, "peakMemoryBytes", long.MaxValue),
                IsLasting = root.TryGetProperty("lasting", out var lasting) && lasting.GetBoolean(),
                Cause = Text(root, "cause"),
                Host = Text(root, "host"),
                Message = Text(root, "message"),
                Key = Text(root, "key"),
                LogBytes = Number(root, "logBytes", long.MaxValue),
                Outputs = Outputs(root.GetProperty("outputs")),
            };
    }

    private static LaunchEnd End(string name) => Enum.TryParse<LaunchEnd>(name, out var end) && Enum.GetName(end) == name
        ? end
        : throw new Refusal($"has the unknown end '{name}'");

    private static List<AttemptOutput> Outputs(JsonElement array)
    {
        var outputs = new List<AttemptOutput>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in array.EnumerateArray())
        {
            var output = Output(element);
            outputs.Add(seen.Add(output.Path.Value) ? output : throw new Refusal($"tells of '{output.Path}' twice"));
        }

        return outputs;
    }

    private static AttemptOutput Output(JsonElement element)
    {
        var name = Text(element, "path");
        var path = ArtifactPath.TryParse(name, out var parsed, out var problem) ? parsed : throw new Refusal($"has the output '{name}', which {problem}");
        return Text(element, "kind") switch
        {
            "file" => new AttemptOutput(path, AttemptOutputKind.File)
            {
                Bytes = Number(element, "bytes", long.MaxValue),
                Digest = Digest.Parse("sha256:" + Text(element, "sha256")),
                IsExecutable = element.TryGetProperty("executable", out var executable) && executable.GetBoolean(),
            },
            "other" => new AttemptOutput(path, AttemptOutputKind.Other),
            "directory" => new AttemptOutput(path, AttemptOutputKind.Directory),
            "link" => new AttemptOutput(path, AttemptOutputKind.Link) { Target = Text(element, "target") },
            var kind => throw new Refusal($"has the output '{name}' of the unknown kind '{kind}'"),
        };
    }

    private static long Number(JsonElement of, string name, long most)
    {
        var number = of.GetProperty(name).GetInt64();
        return number >= 0 && number <= most ? number : throw new Refusal($"has {number} as '{name}'");
    }

    private static TimeSpan Time(JsonElement of, string name)
    {
        var seconds = of.GetProperty(name).GetDouble();
        return seconds >= 0 && seconds <= LongestTime.TotalSeconds ? TimeSpan.FromSeconds(seconds) : throw new Refusal($"has {seconds} as '{name}'");
    }

    /// <summary>A text that stands there plainly, or in hexadecimal digits of its UTF-8 under the name and <c>Hex</c>.</summary>
    private static string Text(JsonElement of, string name)
    {
        var text = of.TryGetProperty(name + "Hex", out var hex)
            ? Strict.GetString(Convert.FromHexString(hex.GetString() ?? string.Empty))
            : of.GetProperty(name).GetString() ?? throw new Refusal($"has no text as '{name}'");
        return text.Length <= LongestText ? text : throw new Refusal($"has a text of {text.Length} characters as '{name}'");
    }

    /// <summary>What it says cannot be; the end of a sentence that begins with the file.</summary>
    private sealed class Refusal(string message) : Exception(message);
}
