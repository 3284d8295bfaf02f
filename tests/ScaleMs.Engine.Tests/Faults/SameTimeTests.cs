using ScaleMs.Core.Ports;
using Xunit;

namespace ScaleMs.Engine.Tests.Faults;

/// <summary>Two runs in one workspace.</summary>
public sealed class SameTimeTests : IDisposable
{
    private readonly TestStudy _study = new();

    public SameTimeTests() => _study.Write("in.txt", "a\n");

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Run_WhileAnotherRuns_IsRefusedAndTheFirstCompletes()
    {
        Exception? refusal = null;
        _study.Run(Shop.Define, launcher: new Hook(request =>
        {
            if (request.Step.Step == "two")
            {
                refusal = Record.Exception(() => new TestStudy(_study.Root).Run(Shop.Define));
            }
        }));
        Assert.IsType<StoreInUseException>(refusal);
        _study.IsRight();
    }

    [Fact]
    public async Task Runs_StartedAsOthersEnd_CompleteOrAreRefusedAndAreNeverWrong()
    {
        var completed = 0;
        async Task Runs(int seed)
        {
            var random = new Random(seed);
            for (var i = 0; i < 15; i++)
            {
                var exception = await Record.ExceptionAsync(() => Task.Run(() => new TestStudy(_study.Root).Run(Shop.Define)));
                Assert.True(exception is null or StoreInUseException, exception?.ToString());
                completed += exception is null ? 1 : 0;
                File.WriteAllText(_study.PathOf($"in.{seed}"), new string((char)('a' + random.Next(20)), 1) + "\n");
                File.Move(_study.PathOf($"in.{seed}"), _study.PathOf("in.txt"), overwrite: true);
            }
        }

        await Task.WhenAll(Enumerable.Range(1, 3).Select(seed => Task.Run(() => Runs(seed))));
        Assert.True(completed > 0);
        _study.IsRight();
    }

    /// <summary>A cluster's file system may do that; here the lock file is taken away from under the first.</summary>
    [Fact]
    public void Lock_GrantedTwiceWhileARunIsOn_OneIsRefusedAndTheOtherIsRight()
    {
        Exception? second = null;
        var first = Record.Exception(() => _study.Run(Shop.Define, launcher: new Hook(request =>
        {
            if (request.Step.Step == "two" && second is null)
            {
                _study.Delete(".scalems/lock");
                second = Record.Exception(() => new TestStudy(_study.Root).Run(steps => steps.Shell("other", "echo > x").Output("x")))
                    ?? new InvalidOperationException("completed");
            }
        })));
        var refusals = new[] { first, second }.OfType<StoreException>().ToList();
        Assert.Contains("granted its lock twice", Assert.Single(refusals).Message, StringComparison.Ordinal);
        _study.IsRight();
    }

    [Fact]
    public void Lock_GrantedTwiceBeforeEitherWrote_NoEpochIsSharedAndNothingIsWrong()
    {
        _study.IsRight();
        _study.Write("in.txt", "b\n");
        using (var one = Store.FileStore.Open(_study.Root))
        {
            _study.Delete(".scalems/lock");
            Assert.Equal(0, new TestStudy(_study.Root).Run(Shop.Define).ExitCode);
            var refusal = Assert.Throws<StoreException>(() => one.Commit(one.State.Steps.Values.First()));
            Assert.Contains("granted its lock twice", refusal.Message, StringComparison.Ordinal);
        }

        _study.IsRight();
    }
}
