using System.Text;
using ScaleMs.Launchers.Amqp.Client;
using ScaleMs.Launchers.Amqp.Protocol;

namespace ScaleMs.Amqp.Tests;

/// <summary>What a client leaves for its successor.</summary>
public sealed class AttemptJournalTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("journal");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Journal_AsItGrows_SaysWhatIsKnown()
    {
        var journal = Begin();
        Assert.Equal(("1", "action", null), Said());
        journal.Keep("a result\nof two lines"u8.ToArray());
        Assert.Equal(("1", "action", "a result\nof two lines"), Said());
        journal.IsSent();
        Assert.Equal(("1", null, "a result\nof two lines"), Said());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Assert.Single(Directory.GetFiles(_folder.FullName))));
    }

    [Fact]
    public void Journal_CutAnywhere_SaysWhatWasWhole()
    {
        var journal = Begin();
        journal.IsSent();
        journal.Keep("result"u8.ToArray());
        var file = Assert.Single(Directory.GetFiles(_folder.FullName));
        var whole = File.ReadAllBytes(file);
        var said = Enumerable.Range(0, whole.Length + 1).Select(length =>
        {
            File.WriteAllBytes(file, whole[..length]);
            return Said();
        });
        Assert.Equal([(null, null, null), ("1", "action", null), ("1", null, null), ("1", null, "result")], said.Distinct());
    }

    [Fact]
    public void Journal_WithATornEnd_IsContinuedBeforeIt()
    {
        Begin();
        File.AppendAllText(Assert.Single(Directory.GetFiles(_folder.FullName)), "result 1000\nonly the beginn");
        AttemptJournal.Read(_folder.FullName)!.Journal.Keep("a result that is longer than what was torn"u8.ToArray());
        Assert.Equal(("1", "action", "a result that is longer than what was torn"), Said());
    }

    [Fact]
    public void Journal_Forgotten_TakesNothingMore()
    {
        var journal = Begin();
        journal.Forget();
        journal.Keep("late"u8.ToArray());
        Assert.Empty(Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public void Journal_OnAFullDisk_KeepsTheResultWhenThereIsRoomAgain()
    {
        var journal = Begin();
        var file = Assert.Single(Directory.GetFiles(_folder.FullName));
        File.Move(file, file + ".there");
        File.CreateSymbolicLink(file, "/dev/full");
        journal.IsSent();
        Assert.Throws<IOException>(() => journal.Keep("result"u8.ToArray()));
        File.Move(file + ".there", file, overwrite: true);
        Assert.Equal(("1", "action", null), Said());
        journal.Keep("result"u8.ToArray());
        Assert.Equal(("1", "action", "result"), Said());
    }

    [Fact]
    public void Journal_ThatSomebodyRemoved_TakesNothingMore()
    {
        var journal = Begin();
        File.Delete(Assert.Single(Directory.GetFiles(_folder.FullName)));
        journal.IsSent();
        journal.Keep("result"u8.ToArray());
        Assert.Empty(Directory.GetFiles(_folder.FullName));
        _folder.Delete();
        Assert.Throws<DirectoryNotFoundException>(Begin);
        _folder.Create();
    }

    private AttemptJournal Begin() => AttemptJournal.Begin(_folder.FullName, new AttemptNote { Launcher = AttemptJournal.Launcher, Id = "1" }, "action"u8.ToArray());

    private (string? Id, string? Unsent, string? Result) Said() =>
        AttemptJournal.Read(_folder.FullName) is { } text ? (text.Note.Id, Text(text.Unsent), Text(text.Result)) : default;

    private static string? Text(byte[]? bytes) => bytes is null ? null : Encoding.UTF8.GetString(bytes);
}
