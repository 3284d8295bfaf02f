using ScaleMs.Core.Faults;
using ScaleMs.Core.Planning;
using Xunit;

namespace ScaleMs.Engine.Tests.Artifacts;

/// <summary>Directories as outputs: collected, passed on, published and told as a whole, kept file by file.</summary>
public sealed class TreeTests : IDisposable
{
    /// <summary>At a file of a directory, in a run that makes it and hands it on and one that does nothing, together.</summary>
    private const int MostLooks = 30;

    private readonly TestStudy _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Tree_Fresh_IsPublishedAndReadWhole()
    {
        Make("a=1", "b=2", "sub/c=3");

        Assert.Equal("t/join t/make", _study.Ran);
        Assert.Equal(["a", "b", "sub/c"], Published());
        Assert.Equal("a 1\nb 2\nsub/c 3\n", _study.Read("joined.txt"));
        var output = Assert.Single(_study.StepOf("t/make").Outputs);
        Assert.Equal(("results/frames", 6), (output.Path, output.Bytes));

        Again("a=1", "b=2", "sub/c=3");
        Assert.Equal("t/join t/make", _study.Of(Outcome.UpToDate));
    }

    [Fact]
    public void Tree_OneFileDiffers_RunsReadersAndNamesIt()
    {
        Make("a=1", "b=2");
        Make("a=1", "b=3");

        Assert.Equal("t/join t/make", _study.Ran);
        Assert.Equal("a 1\nb 3\n", _study.Read("joined.txt"));
        Assert.Contains("frames/b changed", _study.ReasonOf("t/join"), StringComparison.Ordinal);
    }

    [Fact]
    public void Tree_FilesAddedAndGone_AreNamedAndMovedAway()
    {
        Make("a=1", "b=2", "sub/c=3");
        Make("a=1", "d=4");

        Assert.Equal(["a", "d"], Published());
        Assert.False(Directory.Exists(_study.PathOf("results/frames/sub")));
        Assert.Equal("frames/b is gone, frames/d is new, frames/sub/c is gone", _study.ReasonOf("t/join"));
        Assert.StartsWith("2 files that 't/make' no longer makes ('results/frames/b', 'results/frames/sub/c') were moved to '", Assert.Single(_study.Notices), StringComparison.Ordinal);
        Assert.Equal("2\n", File.ReadAllText(Assert.Single(Directory.GetFiles(_study.PathOf(".scalems/kept"), "b", SearchOption.AllDirectories))));
    }

    [Fact]
    public void Tree_FileRenamed_IsAnotherTree()
    {
        Make("a=1", "b=2");
        Make("a=1", "c=2");

        Assert.Equal(("a c", "a 1\nc 2\n"), (string.Join(' ', Published()), _study.Read("joined.txt")));
    }

    [Fact]
    public void Tree_MadeAgainAndTheSame_SparesReaders()
    {
        Make("a=1", "b=2");
        Make("b=2", "a=1");

        Assert.Equal("t/make", _study.Ran);
    }

    [Fact]
    public void Tree_FileBecomesProgramOrFolder_IsAnotherTree()
    {
        _study.Write("make.sh", "echo 1 > frames/a");
        _study.Run(Scripted);
        _study.Write("make.sh", "echo 1 > frames/a; chmod +x frames/a");
        _study.Run(Scripted);
        Assert.Equal("t/list t/make", _study.Ran);
        Assert.NotEqual(UnixFileMode.None, File.GetUnixFileMode(_study.PathOf("results/frames/a")) & UnixFileMode.UserExecute);

        _study.Write("make.sh", "mkdir frames/a; echo 1 > frames/a/a");
        _study.Run(Scripted);
        Assert.Equal(["a/a"], Published());

        _study.Write("make.sh", "echo 1 > frames/a");
        _study.Run(Scripted);
        Assert.Equal(["a"], Published());
        Assert.Equal("t/list t/make", _study.Of(Outcome.Restored));
    }

    [Fact]
    public void Tree_PublishedFileDeletedOrEdited_IsBroughtBack()
    {
        Make("a=1", "b=2");
        _study.Delete("results/frames/a");
        _study.Write("results/frames/b", "edited");
        Again("a=1", "b=2");

        Assert.Equal(string.Empty, _study.Ran);
        Assert.Equal(("1\n", "2\n"), (_study.Read("results/frames/a"), _study.Read("results/frames/b")));
        Assert.Equal("edited", File.ReadAllText(Assert.Single(Directory.GetFiles(_study.PathOf(".scalems/kept"), "b", SearchOption.AllDirectories))));
    }

    [Fact]
    public void Tree_EarlierOne_IsRestoredWithItsReaders()
    {
        Make("a=1", "b=2");
        Make("c=3");
        Again("a=1", "b=2");

        Assert.Equal("t/join t/make", _study.Of(Outcome.Restored));
        Assert.Equal(["a", "b"], Published());
        Assert.Equal("a 1\nb 2\n", _study.Read("joined.txt"));
    }

    [Fact]
    public void Tree_FilesOfTheUserInItsFolder_Stay()
    {
        Make("a=1", "b=2");
        _study.Write("results/frames/notes.txt", "mine");
        _study.Write("results/frames/sub/c", "mine too");
        Make("a=1");
        Assert.Equal(["a", "notes.txt", "sub/c"], Published());

        Make("a=1", "sub/c=3");
        Assert.Equal(1, _study.Last!.ExitCode);
        Assert.Contains("'results/frames/sub/c' is not ours and would be overwritten", _study.StepOf("t/make").Failure!.Message, StringComparison.Ordinal);
        Assert.Equal("mine too", _study.Read("results/frames/sub/c"));

        _study.Delete("results/frames/sub/c");
        Again("a=1", "sub/c=3");
        Assert.Equal("3\n", _study.Read("results/frames/sub/c"));
    }

    [Fact]
    public void Tree_UserFileWhereTheFolderGoes_IsAFault()
    {
        _study.Write("results/frames", "mine");

        var fault = Assert.Single(Assert.Throws<FaultException>(() => Make("a=1")).Faults);
        Assert.Equal("a file of yours stands at 'results/frames', where step 't/make' would publish its output", fault.What);
    }

    [Fact]
    public void Tree_LinksAndEmptyFolders_ArePassedOn()
    {
        _study.Write("make.sh", "mkdir -p frames/sub/empty; echo 1 > frames/sub/a; ln -s sub/a frames/latest; ln -s ../latest frames/sub/again");
        _study.Run(Scripted);

        Assert.Empty(_study.Last!.Summary.Steps.Select(step => step.Failure?.ToString()).OfType<string>());
        Assert.Equal("frames\nframes/latest -> sub/a\nframes/sub\nframes/sub/a\nframes/sub/again -> ../latest\nframes/sub/empty\n", _study.Read("listed.txt"));
        Assert.Equal(("1\n", "1\n"), (_study.Read("results/frames/latest"), _study.Read("results/frames/sub/again")));
        _study.Run(Scripted);
        Assert.Equal("t/list t/make", _study.Of(Outcome.UpToDate));
    }

    [Theory]
    [InlineData("ln -s /etc/passwd frames/x", "holds the link 'x' to '/etc/passwd', which leads to no file of the output")]
    [InlineData("ln -s ../make.sh frames/x", "holds the link 'x' to '../make.sh', which leads to no file of the output")]
    [InlineData("ln -s y frames/x; ln -s x frames/y", "holds the link 'x' to 'y', which leads to no file of the output")]
    [InlineData("mkdir frames/d; echo > frames/d/f; ln -s d frames/x", "holds the link 'x' to 'd', which leads to no file of the output")]
    [InlineData("mkfifo frames/x", "holds 'x', which is no regular file")]
    [InlineData("echo > frames/$(printf '\\377')", "whose name is not UTF-8")]
    [InlineData("echo > \"frames/$(printf 'a\\tb')\"", "whose name holds a control character")]
    [InlineData("true", "output 'frames' holds no file")]
    [InlineData("rmdir frames", "output 'frames' was not written")]
    [InlineData("rmdir frames; echo > frames", "output 'frames' is a file, not a directory")]
    [InlineData("rmdir frames; ln -s . frames", "output 'frames' is a symbolic link; it must be a directory of its own")]
    public void Tree_ThatCannotBeOne_FailsAndSaysWhy(string script, string why)
    {
        _study.Write("make.sh", script);
        _study.Run(Scripted);

        Assert.Equal(1, _study.Last!.ExitCode);
        Assert.Contains(why, _study.StepOf("t/make").Failure!.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_study.PathOf("results")));
    }

    [Fact]
    public void Tree_WithAPattern_TakesWhatItNames()
    {
        _study.Run(steps => steps.Shell("make", "mkdir frames/sub; for f in a.gro b.txt .c.gro sub/d.gro; do echo $f > frames/$f; done").Tool("mkdir")
            .OutputTree("frames", "*.gro", publish: "top").Output("log", isOptional: true));
        Assert.Equal(["a.gro"], Published("top"));

        _study.Run(steps => steps.Shell("make", "echo > frames/b.txt").OutputTree("frames", "*.gro"));
        Assert.Equal("output 'frames' holds no file that '*.gro' names", _study.StepOf("t/make").Failure!.Message);
    }

    [Fact]
    public void Tree_OptionalAndEmpty_IsAnEmptyFolder()
    {
        Assert.Equal(0, _study.Run(steps =>
        {
            var make = steps.Shell("make", "rmdir frames").Tool("rmdir").OutputTree("frames", publish: "results/frames", isOptional: true);
            steps.Shell("list", "ls -d frames > n").Tool("ls").Input("frames", make.Tree("frames")).Output("n", publish: "n");
        }).ExitCode);
        Assert.Equal("frames\n", _study.Read("n"));
    }

    [Fact]
    public void Tree_EditedInPlace_StaysAsItWas()
    {
        _study.Run(steps =>
        {
            var make = steps.Shell("make", "echo 1 > frames/a").OutputTree("frames", publish: "results/frames");
            steps.Shell("edit", "echo 2 >> frames/a; cp frames/a out").Tool("cp").Edit("frames", make.Tree("frames")).Output("out", publish: "out");
        });

        Assert.Equal(("1\n", "1\n2\n"), (_study.Read("results/frames/a"), _study.Read("out")));
    }

    [Fact]
    public void Tree_BytesOfOneFileLost_AreMadeAgainForAReader()
    {
        Make("a=1", "b=2");
        foreach (var blob in Directory.GetFiles(_study.PathOf(".scalems/blobs"), "*", SearchOption.AllDirectories).Where(blob => File.ReadAllText(blob) == "2\n"))
        {
            File.Delete(blob);
        }

        _study.Delete("results/frames");
        Again("a=1", "b=2");
        Assert.Equal("t/make", _study.Ran);
        Assert.Equal(["a", "b"], Published());
    }

    [Fact]
    public void Tree_BytesDroppedAfterReading_AreMadeAgainWhenAsked()
    {
        Kept("1");
        Assert.Equal("2\n", _study.Read("n"));
        Assert.DoesNotContain(Directory.GetFiles(_study.PathOf(".scalems/blobs"), "*", SearchOption.AllDirectories), blob => File.ReadAllText(blob) is "x\n" or "y\n");
        Kept("1");
        Assert.Equal(string.Empty, _study.Ran);

        Kept("2");
        Assert.Equal("t/count t/make", _study.Ran);

        void Kept(string version) => _study.Run(steps =>
        {
            var make = steps.Shell("make", "echo x > frames/a; echo y > frames/b").OutputTree("frames", keep: Core.Model.Keep.UntilConsumed);
            steps.Shell("count", "ls frames | wc -l > n").Tool("ls").Tool("wc").Input("frames", make.Tree("frames")).Parameter("version", version).Output("n", publish: "n");
        });
    }

    [Fact]
    public void Tree_OfAnotherWorkspace_ComesFromTheCache()
    {
        var cache = Directory.CreateTempSubdirectory("scalems-cache-").FullName;
        using var there = new TestStudy { Cache = cache };
        using var here = new TestStudy { Cache = cache };
        there.Run(Joined("a=1", "b=2"));
        here.Run(Joined("a=1", "b=2"));

        Assert.Equal("t/join t/make", here.Of(Outcome.Restored));
        Assert.Equal("1\n", here.Read("results/frames/a"));
        Directory.Delete(cache, recursive: true);
    }

    [Fact]
    public void Tree_OfTwoThousandFiles_IsTakenWithAFewLooksAtEach()
    {
        var looks = 0;
        _study.Ports = ports => ports with { Disk = new Faults.OtherDisk { Looking = () => Interlocked.Increment(ref looks) } };
        _study.Run(Many);
        Assert.Equal((2000, 0), (Published().Count, _study.Last!.ExitCode));
        _study.Run(Many);

        Assert.Equal("t/count t/make", _study.Of(Outcome.UpToDate));
        Assert.Equal("2000\n", _study.Read("n"));
        Assert.InRange(looks, 2000, 2000 * MostLooks);

        static void Many(StepBuilder steps)
        {
            var make = steps.Shell("make", "i=0; while [ $i -lt 2000 ]; do echo $i > frames/$i; i=$((i+1)); done").OutputTree("frames", publish: "results/frames");
            steps.Shell("count", "ls frames | wc -l > n").Tool("ls").Tool("wc").Input("frames", make.Tree("frames")).Output("n", publish: "n");
        }
    }

    [Fact]
    public void Tree_Expanded_MakesAMemberOfEachFile()
    {
        Scattered("a=1", "b=2");
        Assert.Equal(("1\n", "2\n"), (_study.Read("copies/a"), _study.Read("copies/b")));

        Scattered("a=1", "c=3");
        Assert.Equal("t/copy[file=c] t/join t/make", _study.Ran);
        Assert.Equal(["a", "c"], Published("copies"));

        void Scattered(params string[] files) => _study.Run(steps =>
        {
            Joined(files)(steps);
            var frames = new Artifact(Core.Model.StepId.Parse("t/make"), "frames");
            steps.Expand("file", frames, (member, file) => member.Shell("copy", "cp in out").Tool("cp").Input("in", frames.File(file)).Output("out", publish: $"copies/{file}"));
        });
    }

    [Fact]
    public void Tree_FileOfItNamedInTheDefinition_IsAFault()
    {
        var fault = Assert.Single(Assert.Throws<FaultException>(() => _study.Run(steps =>
        {
            var make = steps.Shell("make", "true").OutputTree("frames");
            steps.Shell("read", "true").Input("a", make.File("frames/a")).Output("o");
        })).Faults);
        Assert.Equal("SMS1005", fault.Code);
        Assert.Equal("which files are in 'frames' is known when it is made: take all of it with Tree(\"frames\"), or name its files in an Expand over it", fault.Try);
    }

    private static Action<StepBuilder> Joined(params string[] files) => steps =>
    {
        var make = steps.Shell("make", "for f in \"$@\"; do mkdir -p frames/$(dirname ${f%%=*}); echo ${f#*=} > frames/${f%%=*}; done", files).OutputTree("frames", publish: "results/frames");
        steps.Shell("join", "cd frames; for f in $(find . -type f | sort); do echo \"${f#./} $(cat $f)\"; done > ../joined")
            .Input("frames", make.Tree("frames")).Output("joined", publish: "joined.txt");
    };

    private static void Scripted(StepBuilder steps)
    {
        var make = steps.Shell("make", ". ./make.sh").Input("make.sh", new SourceFile("make.sh")).OutputTree("frames", publish: "results/frames");
        steps.Shell("list", "find frames -type l -printf '%p -> %l\\n' -o -printf '%p\\n' | sort > listed").Input("frames", make.Tree("frames")).Output("listed", publish: "listed.txt");
    }

    private void Make(params string[] files) => _study.Run(Joined(files));

    private void Again(params string[] files) => Make(files);

    private List<string> Published(string folder = "results/frames") => Directory.GetFiles(_study.PathOf(folder), "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(_study.PathOf(folder), file)).Order(StringComparer.Ordinal).ToList();
}
