using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;

namespace ScaleMs.Testing;

/// <summary>One attempt at a step, as its script sees it.</summary>
public sealed class ScriptedStep
{
    private readonly IDisk _disk;
    private readonly MemoryDisk _files;
    private readonly string _directory;
    private readonly List<(string Name, string Text)> _writes = [];

    internal ScriptedStep(IDisk disk, MemoryDisk files, string directory)
    {
        _disk = disk;
        _files = files;
        _directory = directory;
    }

    /// <summary>The instance.</summary>
    public required StepId Id { get; init; }

    /// <summary>How often it was launched before and now, from 1, crashes included.</summary>
    public required int Attempt { get; init; }

    /// <summary>Its commands as they are declared, one line each; a function's name and arguments.</summary>
    public required IReadOnlyList<string> Commands { get; init; }

    /// <summary>What its last command reads on standard input, such as its parameters and its state; null for nothing, a file, or a function.</summary>
    public string? Input { get; internal set; }

    /// <summary>Its declared outputs, by their paths in its directory; of an output that is a directory, a file in it.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>The files in its directory: staged inputs, templates, and a checkpoint's files.</summary>
    public IReadOnlyList<string> Files => _files.Files(_directory).Select(path => path[(_directory.Length + 1)..]).ToList();

    /// <summary>Reads a file of its directory.</summary>
    /// <param name="name">The path in the directory.</param>
    /// <returns>Its text.</returns>
    public string Read(string name) => _disk.ReadText($"{_directory}/{name}");

    /// <summary>Writes a file when the attempt ends; its folder is made.</summary>
    /// <param name="name">The path in the directory.</param>
    /// <param name="text">Its text.</param>
    public void Write(string name, string text) => _writes.Add((name, text));

    /// <summary>Writes a file at once, so that an attempt that is interrupted leaves it; its folder is made.</summary>
    /// <param name="name">The path in the directory.</param>
    /// <param name="text">Its text.</param>
    public void WriteNow(string name, string text)
    {
        var file = $"{_directory}/{name}";
        var folder = file[..file.LastIndexOf('/')];
        if (_disk.Stat(folder) is null)
        {
            _disk.CreateDirectory(folder);
        }

        _disk.WriteText(file, text);
    }

    /// <summary>Writes a record to the step's log, as it is heard while the step runs.</summary>
    /// <param name="record">The record, or the line, without its end.</param>
    public void Log(string record) => Listener?.Invoke(record);

    internal Action<string>? Listener { get; set; }

    internal void Finish() => _writes.ForEach(write => WriteNow(write.Name, write.Text));
}
