using Xunit;

namespace ScaleMs.Engine.Tests.Faults;

public sealed class DamageTests : IDisposable
{
    private readonly TestStudy _study = new();

    public DamageTests()
    {
        _study.Write("in.txt", "some\nlines\n");
        _study.IsRight();
        _study.Write("in.txt", "other\nlines\n");
        _study.IsRight();
    }

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Journal_AnyByteFlipped_RunsAgainOrRestoresAndIsNeverWrong()
    {
        var random = new Random(1);
        for (var i = 0; i < 40; i++)
        {
            Flip(AnyOf(".scalems/journal", random), random);
            if (i % 4 > 0)
            {
                _study.Delete(".scalems/index");
            }

            Edit(i);
            _study.IsRight();
        }
    }

    [Fact]
    public void Journal_TailCutAnywhere_RunsAgainOrRestoresAndIsNeverWrong()
    {
        var random = new Random(2);
        for (var i = 0; i < 40; i++)
        {
            Cut(AnyOf(".scalems/journal", random), random);
            Edit(i);
            _study.IsRight();
        }
    }

    [Fact]
    public void Blobs_AnyByteFlipped_AreMadeAgainAndNeverServed()
    {
        var random = new Random(3);
        for (var i = 0; i < 40; i++)
        {
            var blob = AnyOf(".scalems/blobs/sha256", random);
            var stamp = File.GetLastWriteTimeUtc(blob);
            Flip(blob, random);
            File.SetLastWriteTimeUtc(blob, i % 2 == 0 ? stamp : File.GetLastWriteTimeUtc(blob));
            _study.Delete(i % 3 == 0 ? "results" : "results/one.txt");
            Edit(i);
            _study.IsRight();
        }
    }

    [Theory]
    [InlineData("mkfifo")]
    [InlineData("mkdir")]
    [InlineData("touch")]
    public void Blobs_ReplacedBySomethingElse_AreMadeAgain(string program)
    {
        foreach (var blob in Directory.GetFiles(_study.PathOf(".scalems/blobs/sha256"), "*", SearchOption.AllDirectories))
        {
            File.Delete(blob);
            Assert.SkipUnless(Shop.Can(program, blob), $"needs {program}");
        }

        _study.Delete("results");
        _study.IsRight();
    }

    /// <summary>Back and forth, so that old records and blobs are asked for too.</summary>
    private void Edit(int i) => _study.Write("in.txt", i % 3 == 0 ? "some\nlines\n" : "other\nlines\n");

    private string AnyOf(string folder, Random random)
    {
        var files = Directory.GetFiles(_study.PathOf(folder), "*", SearchOption.AllDirectories);
        Array.Sort(files, StringComparer.Ordinal);
        return files[random.Next(files.Length)];
    }

    private static void Flip(string file, Random random)
    {
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var bytes = File.ReadAllBytes(file);
        if (bytes.Length > 0)
        {
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(file, bytes);
        }
    }

    private static void Cut(string file, Random random)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        stream.SetLength(Math.Max(0, stream.Length - random.Next(1, 900)));
    }
}
