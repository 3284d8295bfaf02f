using System.Text.Json;
using ScaleMs.Launchers.Amqp.Protocol;

namespace ScaleMs.Launchers.Amqp.Client;

/// <summary>What a client leaves in an attempt's root for its successor.</summary>
internal static class AttemptNotes
{
    internal const string Launcher = "amqp";

    /// <summary>That the action was sent, or was about to be.</summary>
    private const string Submitted = "submitted.json";

    /// <summary>The action itself, until the broker has confirmed it.</summary>
    private const string Unsent = "action.json";

    /// <summary>The result as it came, from before its acknowledgement.</summary>
    private const string Result = "result.json";

    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    internal static AttemptNote? Read(string root)
    {
        try
        {
            var note = JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(root, Submitted)), WireJson.Default.AttemptNote);
            return note is { Launcher: Launcher, Id.Length: > 0 } ? note : null;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The action first: a note without one means that it was sent.</summary>
    internal static void Write(string root, AttemptNote note, byte[] action)
    {
        Put(root, Unsent, action);
        Put(root, Submitted, JsonSerializer.SerializeToUtf8Bytes(note, WireJson.Default.AttemptNote));
    }

    internal static byte[]? UnsentAction(string root) => ReadAll(root, Unsent);

    internal static void IsSent(string root) => File.Delete(Path.Combine(root, Unsent));

    internal static void Forget(string root) => File.Delete(Path.Combine(root, Submitted));

    internal static void PutResult(string root, byte[] body) => Put(root, Result, body);

    internal static byte[]? ReadResult(string root) => ReadAll(root, Result);

    private static byte[]? ReadAll(string root, string name)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(root, name));
        }
        catch (Exception trouble) when (trouble is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static void Put(string root, string name, byte[] bytes)
    {
        var target = Path.Combine(root, name);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Own; // the environment of a step may hold secrets
        }

        using (var file = new FileStream(target + ".new", options))
        {
            file.Write(bytes);
        }

        File.Move(target + ".new", target, overwrite: true);
    }
}
