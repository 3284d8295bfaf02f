using System.Diagnostics;
using System.Text;
using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Tooling;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using Path = System.IO.Path;

namespace ScaleMs.Conformance.Tests;

/// <summary>Programs that a task starts which may run beside others.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class ProgramTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);
    private readonly TextWriter _output = Console.Out;
    private readonly AwaitedWriter _printed = new();

    public ProgramTests() => Console.SetOut(_printed);

    public void Dispose()
    {
        Console.SetOut(_output);
        _printed.Dispose();
    }

    /// <summary>A copy of the settings, so each must be taken over.</summary>
    [Fact]
    public void Program_ThatATaskStarts_KeepsItsSettings()
    {
        var settings = new ProcessSettings
        {
            Arguments = new ProcessArgumentBuilder(), WorkingDirectory = "/", StandardInput = default(ProcessStandardInput), NoWorkingDirectory = true, EnvironmentVariables = new Dictionary<string, string>(), Timeout = 7, Silent = true,
            RedirectStandardError = true, RedirectStandardOutput = true, RedirectedStandardErrorHandler = line => line, RedirectedStandardOutputHandler = line => line,
        };
        var properties = typeof(ProcessSettings).GetProperties().Where(property => property.CanWrite).ToList();
        var copy = GroupedProcessRunner.Redirected(settings, new ProgramStreams(new TaskOutput()));
        Assert.All(properties, property => Assert.Equal(property.GetValue(settings), property.GetValue(copy)));
        Assert.DoesNotContain(properties, property => Equals(property.GetValue(settings), property.GetValue(new ProcessSettings())));
    }

    /// <summary>As under Cake, where such a program writes to the same terminal: its task ends without it, and what it writes then is seen.</summary>
    [Fact]
    public async Task Program_LeftRunningByATask_DelaysNothingAndIsHeardLater()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the program is a POSIX shell's");
        using var limit = new CancellationTokenSource(Long);
        var pipe = Path.Combine(Path.GetTempPath(), $"conformance-{Guid.NewGuid():n}");
        Process.Start("mkfifo", pipe).WaitForExit();
        using var grouped = new GroupedOutput();
        var code = await Task.Run(() => grouped.RunAsync(() => Task.FromResult(Start(Runner(), $"-c \"cat {pipe} & echo now\""))), limit.Token).WaitAsync(limit.Token);
        Assert.Equal(0, code);
        Assert.Equal($"now{Environment.NewLine}", _printed.Text);
        await File.WriteAllTextAsync(pipe, "later\n", limit.Token);
        await _printed.Contains($"later{Environment.NewLine}").WaitAsync(limit.Token);
        File.Delete(pipe);
    }

    /// <summary>Wherever <c>UseScaleMs</c> stands before the run of the host, if after the registration.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Program_WithARunnerOfTheHostsOwn_IsStartedByThat(int times)
    {
        var (own, services) = (new OwnRunner(), (IServiceCollection?)null);
        var arguments = new CakeArguments(Array.Empty<string>().ToLookup(name => name));
        var host = new CakeHost().ConfigureServices(all => all.AddSingleton<ICakeArguments>(arguments).AddSingleton<IProcessRunner>(own));
        for (var i = 0; i < times; i++)
        {
            host.UseScaleMs();
        }

        host.ConfigureServices(all => services = all);
        using var provider = services!.BuildServiceProvider();
        provider.GetRequiredService<IProcessRunner>().Start("tool", new ProcessSettings());
        Assert.Equal("tool", own.Started);
    }

    private static int Start(GroupedProcessRunner runner, string arguments)
    {
        using var process = runner.Start("sh", new ProcessSettings { Arguments = arguments, NoWorkingDirectory = true });
        process.WaitForExit();
        return process.GetExitCode();
    }

    private static GroupedProcessRunner Runner()
    {
        var (log, system) = (new NullLog(), new FileSystem());
        var environment = new CakeEnvironment(new CakePlatform(), new CakeRuntime());
        var configuration = new CakeConfiguration(new Dictionary<string, string>());
        var tools = new ToolLocator(environment, new ToolRepository(environment), new ToolResolutionStrategy(system, environment, new Globber(system, environment), configuration, log));
        return new GroupedProcessRunner(new ServiceCollection().AddSingleton<IProcessRunner>(new ProcessRunner(system, environment, log, tools, configuration)).BuildServiceProvider());
    }

    /// <summary>A console that tells when a text was written to it.</summary>
    private sealed class AwaitedWriter : StringWriter
    {
        private readonly Lock _gate = new();
        private (string Text, TaskCompletionSource Done)? _awaited;

        public string Text
        {
            get
            {
                lock (_gate)
                {
                    return ToString();
                }
            }
        }

        public Task Contains(string text)
        {
            lock (_gate)
            {
                var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _awaited = (text, done);
                Look();
                return done.Task;
            }
        }

        public override void Write(StringBuilder? value)
        {
            lock (_gate)
            {
                base.Write(value);
                Look();
            }
        }

        private void Look()
        {
            if (_awaited is { } awaited && ToString().Contains(awaited.Text, StringComparison.Ordinal))
            {
                awaited.Done.TrySetResult();
            }
        }
    }

    private sealed class OwnRunner : IProcessRunner
    {
        public string? Started { get; private set; }

        public IProcess Start(FilePath filePath, ProcessSettings settings)
        {
            Started = filePath.FullPath;
            return null!;
        }
    }
}
