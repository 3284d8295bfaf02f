using System.Globalization;
using System.Text.Json.Serialization;
using ScaleMs.Core.Digests;

namespace ScaleMs.Launchers.Amqp.Protocol;

/// <summary>What a worker must have to take an action. Each class has a queue of its own, so that no worker is handed what does not fit.</summary>
internal sealed record ResourceClass
{
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int Cpus { get; set; } = 1;

    public long MemoryBytes { get; set; }

    public int Gpus { get; set; }

    /// <summary>How long an action may take, its grace included; without a time limit its grace alone. A worker whose time ends before does not take it.</summary>
    public long TimeSeconds { get; set; }

    /// <summary>Labels that the worker must carry, sorted.</summary>
    public IReadOnlyList<string> Labels { get; set; } = [];

    /// <summary>Tools with the fingerprints that the action's key holds, sorted by name.</summary>
    public IReadOnlyList<ToolMessage> Tools { get; set; } = [];

    /// <summary>The part of the queue's name.</summary>
    public string Name() => string.Create(CultureInfo.InvariantCulture, $"c{Cpus}.g{Gpus}.{Digest.OfText(Text()).Brief}");

    private string Text() => string.Join(
        '\n',
        [Cpus.ToString(CultureInfo.InvariantCulture), MemoryBytes.ToString(CultureInfo.InvariantCulture), Gpus.ToString(CultureInfo.InvariantCulture),
            TimeSeconds.ToString(CultureInfo.InvariantCulture),
            .. Labels.Select(label => "label " + label), .. Tools.Select(tool => "tool " + tool.Text())]);
}

/// <summary>A tool as the client knows it of the farm.</summary>
internal sealed record ToolMessage
{
    public string Name { get; set; } = string.Empty;

    public IReadOnlyList<string> Candidates { get; set; } = [];

    /// <summary>The arguments that make it tell its version; null where the executable's bytes are its version.</summary>
    public IReadOnlyList<string>? VersionArguments { get; set; }

    public IReadOnlyList<string> LinePrefixes { get; set; } = [];

    public IReadOnlyList<string> OptionalPrefixes { get; set; } = [];

    public IReadOnlyList<string> Beside { get; set; } = [];

    /// <summary>Lines of the fingerprint: name, a tab, value.</summary>
    public IReadOnlyList<string> Fingerprint { get; set; } = [];

    internal string Text() => string.Join('\u001f', [Name, .. Candidates, "\u001e", .. VersionArguments ?? ["bytes"], "\u001e", .. LinePrefixes,
        "\u001e", .. OptionalPrefixes, "\u001e", .. Beside, "\u001e", .. Fingerprint]);
}
