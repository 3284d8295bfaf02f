using LiteDB;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Store.Database;
using ScaleMs.Store.Journal;

namespace ScaleMs.Store.LiteDb;

/// <summary>The store's records in one LiteDB file that any LiteDB tool can open and query.</summary>
/// <remarks>
/// Collections <c>actions</c>, <c>artifacts</c>, <c>steps</c> and <c>runs</c>, folded from the journal up to the position that the file
/// itself holds. LiteDB locks the file: one process at a time may have it open; a writer of the store never opens it.
/// A file that LiteDB cannot read is made again.
/// </remarks>
public sealed class LiteDbDatabase : IRecordDatabase
{
    /// <summary>The file's name in the store's folder.</summary>
    public const string FileName = "filestore.db";

    private readonly string _path;
    private readonly JournalFollower _journal;
    private LiteDatabase _file;
    private RecordCollections _collections;

    private LiteDbDatabase(string path, JournalFollower journal)
    {
        _path = path;
        _journal = journal;
        _file = OpenOrReplace(path);
        _collections = new RecordCollections(_file);
    }

    /// <inheritdoc/>
    public JournalPosition Position => _collections.Position;

    /// <summary>Opens the database of a workspace's store, and folds in what is new.</summary>
    /// <param name="workspace">The workspace's folder.</param>
    /// <param name="directoryName">The store's folder, as <see cref="OpenOptions.DirectoryName"/>.</param>
    /// <returns>The database, up to date.</returns>
    /// <exception cref="StoreException">Another process has the file open, the disk refused, or the journal cannot be read.</exception>
    public static LiteDbDatabase Open(string workspace, string directoryName = OpenOptions.DefaultDirectoryName)
    {
        var folder = Path.GetFullPath(Path.Combine(workspace, directoryName));
        var database = new LiteDbDatabase(Path.Combine(folder, FileName), new JournalFollower(workspace, directoryName));
        try
        {
            database.Refresh();
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ActionResult? FindResult(ActionKey key) => _collections.FindResult(key);

    /// <inheritdoc/>
    public StepStateRecord? FindState(StepId step) => _collections.FindState(step);

    /// <inheritdoc/>
    public IReadOnlyList<ActionResult> ResultsOf(StepId step) => NewestFirst.Order(_collections.ResultsOf(step));

    /// <inheritdoc/>
    public IReadOnlyList<ActionResult> MakersOf(Digest bytes) => NewestFirst.Order(_collections.MakersOf(bytes));

    /// <inheritdoc/>
    public IReadOnlyList<RunRecord> Runs(int most = int.MaxValue) => NewestFirst.Order(_collections.Runs(), most);

    /// <inheritdoc/>
    public void Refresh()
    {
        if (!_journal.CanContinue(Position))
        {
            Rebuild();
            return;
        }

        Fold();
    }

    /// <inheritdoc/>
    public void Rebuild()
    {
        _file.Dispose();
        Delete(_path);
        _file = OpenOrReplace(_path);
        _collections = new RecordCollections(_file);
        Fold();
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>One transaction: a fold that is killed leaves the file as it was, position and all.</summary>
    private void Fold()
    {
        _file.BeginTrans();
        try
        {
            var fold = new RecordFold();
            var end = _journal.Read(Position, fold.Take);
            if (end != Position)
            {
                fold.WriteTo(_collections);
                _collections.Position = end;
            }

            _file.Commit();
        }
        catch
        {
            _file.Rollback();
            throw;
        }
    }

    private static LiteDatabase OpenOrReplace(string path)
    {
        try
        {
            return Opened(path);
        }
        catch (Exception cause) when (cause is LiteException or InvalidCastException or ArgumentException or IndexOutOfRangeException)
        {
            // Damaged, or of a version that this LiteDB does not read. It is only a fold of the journal.
            Delete(path);
            return Opened(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(
                $"cannot open '{path}': {cause.Message}; another command may have it open, which ends by itself: ask again", cause);
        }
    }

    private static LiteDatabase Opened(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var file = new LiteDatabase(new ConnectionString { Filename = path, Connection = ConnectionType.Direct });
        try
        {
            // Reads the file's header: a damaged one shows here and not at the first question.
            _ = file.UserVersion;
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static void Delete(string path)
    {
        File.Delete(path);
        File.Delete(Path.ChangeExtension(path, null) + "-log.db");
    }
}
