#if LITEDB
using ScaleMs.Store.Database;
using ScaleMs.Store.LiteDb;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests;

public sealed class LiteDbDatabaseTests : RecordDatabaseContract
{
    [Fact]
    public void File_Deleted_IsMadeAgain()
    {
        Commit(Sample.Run(1));
        Open().Dispose();
        File.Delete(DatabaseFile);
        using var database = Open();
        Assert.Single(database.Runs());
    }

    [Fact]
    public void File_Damaged_IsMadeAgain()
    {
        Commit(Sample.Run(1));
        Open().Dispose();
        File.WriteAllBytes(DatabaseFile, new byte[8192]);
        using var database = Open();
        Assert.Single(database.Runs());
    }

    [Fact]
    public void Answers_OfBothDatabases_AreEqual()
    {
        var random = new Random(11);
        for (var session = 0; session < 6; session++)
        {
            Commit([.. Enumerable.Range(0, 80).Select(_ => Sample.Any(random))]);
            using var database = Open();
            using var journal = JournalDatabase.Open(Path.GetDirectoryName(Path.GetDirectoryName(DatabaseFile))!);
            Assert.Equal(Answers(journal), Answers(database));
        }
    }

    private protected override IRecordDatabase Open(string workspace) => LiteDbDatabase.Open(workspace);
}
#else
namespace ScaleMs.Store.Tests;

public sealed class LiteDbDatabaseTests
{
    [Fact]
    public void LiteDb_PackageNotHere_IsSaid() =>
        Assert.Skip("The database contract ran against JournalDatabase only: built without the package LiteDB (-p:UseLiteDb=true where it can be restored).");
}
#endif
