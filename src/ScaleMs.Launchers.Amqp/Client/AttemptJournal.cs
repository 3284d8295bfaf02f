using System.Globalization;
using System.Text;
using System.Text.Json;
using ScaleMs.Launchers.Amqp.Protocol;
using ScaleMs.Launchers.Native;

namespace ScaleMs.Launchers.Amqp.Client;

/// <summary>What a client leaves in an attempt's root for its successor: a note, the action, that the broker has it, its result; each appended when it is known.</summary>
/// <remarks>
/// One file that grows, because files that come and go are dear (see <c>SpreadFolder</c>). An entry is a word, a length, a line's
/// end, and so many bytes; one that is not whole was being written when its client died, and counts as none. Thread safe.
/// </remarks>
internal sealed class AttemptJournal
{
    internal const string Launcher = "amqp";

    private const string FileName = "farm.journal";
    private const string Note = "note";
    private const string Action = "action";
    private const string Sent = "sent";
    private const string Result = "result";
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly Lock _lock = new();
    private readonly string _file;
    private long _end;
    private bool _isForgotten;

    private AttemptJournal(string root, long end) => (_file, _end) = (Path.Combine(root, FileName), end);

    /// <summary>Begins one, before the action is sent.</summary>
    internal static AttemptJournal Begin(string root, AttemptNote note, byte[] action)
    {
        var journal = new AttemptJournal(root, 0);
        journal.Add(FileMode.OpenOrCreate, [.. Entry(Note, JsonSerializer.SerializeToUtf8Bytes(note, WireJson.Default.AttemptNote)), .. Entry(Action, action)]);
        return journal;
    }

    /// <summary>What a journal says; null when there is none that says anything.</summary>
    internal static JournalText? Read(string root)
    {
        try
        {
            return Read(root, File.ReadAllBytes(Path.Combine(root, FileName)));
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The broker has confirmed the action. Where that cannot be noted, a successor sends it once more, and the first result counts.</summary>
    internal void IsSent()
    {
        try
        {
            Add(FileMode.Open, Entry(Sent, []));
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            // The disk is full, for one: no reason to give up what is on its way.
        }
    }

    /// <summary>Keeps the result as it came; before its acknowledgement.</summary>
    internal void Keep(byte[] result) => Add(FileMode.Open, Entry(Result, result));

    /// <summary>Nobody is to take the attempt over.</summary>
    internal void Forget()
    {
        lock (_lock)
        {
            _isForgotten = true;
            File.Delete(_file);
        }
    }

    private static JournalText? Read(string root, ReadOnlySpan<byte> text)
    {
        var entries = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var end = 0;
        while (HeadAt(text[end..]) is var (word, start, count))
        {
            entries.TryAdd(word, text.Slice(end + start, count).ToArray());
            end += start + count;
        }

        var note = entries.TryGetValue(Note, out var said) ? JsonSerializer.Deserialize(said, WireJson.Default.AttemptNote) : null;
        // A note without its action was torn: nothing was sent.
        return note is { Launcher: Launcher, Id.Length: > 0 } && entries.TryGetValue(Action, out var action)
            ? new JournalText(note, entries.ContainsKey(Sent) ? null : action, entries.GetValueOrDefault(Result), new AttemptJournal(root, end))
            : null;
    }

    /// <summary>The entry that a text begins with; null when it is not whole.</summary>
    private static (string Word, int Start, int Count)? HeadAt(ReadOnlySpan<byte> text)
    {
        var start = text.IndexOf((byte)'\n') + 1;
        var gap = text[..start].IndexOf((byte)' ');
        return gap > 0 && int.TryParse(text[(gap + 1)..(start - 1)], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= text.Length - start
            ? (Encoding.UTF8.GetString(text[..gap]), start, count)
            : null;
    }

    private static byte[] Entry(string word, byte[] bytes) => [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{word} {bytes.Length}\n")), .. bytes];

    /// <summary>The environment of a step may hold secrets: nobody else reads it.</summary>
    private void Add(FileMode mode, byte[] entries)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 };
        if (mode == FileMode.OpenOrCreate && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Own;
        }

        lock (_lock)
        {
            if (_isForgotten)
            {
                return;
            }

            try
            {
                using var file = new FileStream(_file, options);
                if (_end == 0)
                {
                    FreshFile.Empty(file);
                }

                RandomAccess.Write(file.SafeFileHandle, entries, _end);
                _end += entries.Length;
            }
            catch (Exception gone) when (mode == FileMode.Open && (gone is FileNotFoundException or DirectoryNotFoundException))
            {
                _isForgotten = true; // somebody removed it: no successor will look for more
            }
        }
    }
}

/// <summary>What a journal says.</summary>
/// <param name="Note">What its client knew before it sent the action.</param>
/// <param name="Unsent">The action, where the broker may not have it; null where it has.</param>
/// <param name="Result">The result as it came; null while it has not.</param>
/// <param name="Journal">The journal, to go on with.</param>
internal sealed record JournalText(AttemptNote Note, byte[]? Unsent, byte[]? Result, AttemptJournal Journal);
