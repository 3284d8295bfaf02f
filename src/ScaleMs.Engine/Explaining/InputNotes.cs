using System.Collections.Concurrent;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Explaining;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Engine.Scanning;

namespace ScaleMs.Engine.Explaining;

/// <summary>Notes where an instance's inputs come from and what small texts among them say. Asked only for what runs or must be explained.</summary>
/// <remarks>Looks at what was judged before, so a file is read only where its identity tells fields. Thread-safe.</remarks>
internal sealed class InputNotes(IDisk disk, Scanner scanner, IFileStore store)
{
    private const long LargestText = 1 << 16;

    private readonly ConcurrentDictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>The notes on an instance.</summary>
    public List<KeyComponent> Of(ClosedAction action)
    {
        var step = action.Step;
        var notes = new List<KeyComponent>(step.Inputs.Count + step.Templates.Count);
        for (var i = 0; i < step.Inputs.Count; i++)
        {
            var input = step.Inputs[i];
            if (input.Source is InputSource.StepOutput output)
            {
                notes.Add(KeyNote.OfStep(input.Name, output));
                AddTree(notes, input.Name, action.Inputs[i]);
                AddCompared(notes, input.Name, action.Inputs[i]);
            }
            else
            {
                AddFile(notes, input.Name, ((InputSource.SourceFile)input.Source).Path, input.Identity);
            }
        }

        foreach (var template in step.Templates)
        {
            AddFile(notes, template.Name, template.Source.Path, template.Form ?? ContentIdentity.Text);
        }

        return notes;
    }

    /// <summary>The identity of a directory is the digest of its listing, and that is where its bytes are.</summary>
    private void AddTree(List<KeyComponent> notes, ArtifactPath name, in InputIdentity identity)
    {
        if (identity.RuleName != OutputIdentity.Listing.Name)
        {
            return;
        }

        var digest = identity.Digest;
        if (_texts.GetOrAdd($"{digest}", _ => ReadListing(digest) ?? string.Empty) is { Length: > 0 } entries)
        {
            notes.Add(KeyNote.OfTree(name, entries));
        }
    }

    private static void AddCompared(List<KeyComponent> notes, ArtifactPath name, in InputIdentity identity)
    {
        if (identity.Compared is { IsWithin: false } compared)
        {
            notes.Add(KeyNote.OfCompared(name, compared));
        }
    }

    private string? ReadListing(Digest digest)
    {
        try
        {
            return store.HasBlob(digest) && disk.Stat(store.BlobPath(digest)) is { Length: <= LargestText }
                ? TreeChanges.Write(TreeListing.Read(disk.ReadText(store.BlobPath(digest))))
                : null;
        }
        catch (Exception exception) when (exception is StoreException or FormatException)
        {
            // An explanation is no reason to fail.
            return null;
        }
    }

    private void AddFile(List<KeyComponent> notes, ArtifactPath name, string path, ContentIdentity form)
    {
        if (scanner.Look(path, ContentIdentity.Bytes) is not { Stat.IsFile: true } scanned)
        {
            return;
        }

        // Where a file outside the workspace lies is this machine's matter, and records travel.
        notes.Add(KeyNote.OfFile(name, Path.IsPathRooted(path) ? Path.GetFileName(path) : path, scanned.Stat.Length));
        if (!form.IsBytes && scanned.Stat.Length <= LargestText && TextOf(path, scanned, form) is { Length: > 0 } text)
        {
            notes.Add(KeyNote.OfText(name, text));
        }
    }

    private string TextOf(string path, Scanned scanned, ContentIdentity form) =>
        _texts.GetOrAdd($"{scanned.Bytes} {Scanned.NameOf(form)}", _ => Read(path, form) ?? string.Empty);

    private string? Read(string path, ContentIdentity form)
    {
        try
        {
            var text = disk.ReadText(scanner.Absolute(path));
            return text.Contains('\0', StringComparison.Ordinal) ? null : TextFields.Write(form.Fields(text));
        }
        catch (StoreException)
        {
            // An explanation is no reason to fail.
            return null;
        }
    }
}
