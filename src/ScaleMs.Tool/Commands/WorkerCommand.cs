using System.CommandLine;
using System.Net;
using ScaleMs.Launchers.Amqp;
using ScaleMs.Tool.Farm;
using Command = System.CommandLine.Command;

namespace ScaleMs.Tool.Commands;

/// <summary><c>scalems worker</c>.</summary>
internal static class WorkerCommand
{
    private static readonly FarmOptions Farm = new();
    private static readonly Allocation Job = Allocation.Of(Environment.GetEnvironmentVariable);
    private static readonly Option<string> Blobs = new("--blobs") { Description = "where blobs are: a directory that all see, or the address of a blob endpoint", HelpName = "PLACE", Required = true };
    private static readonly Option<string> Folder = new("--folder") { Description = "the worker's own folder, for attempts and copies of blobs", HelpName = "DIR", DefaultValueFactory = _ => DefaultFolder() };
    private static readonly Option<int> Slots = new("--slots") { Description = "cores that actions may have together; those of the job of Slurm, or all, by default", HelpName = "N", DefaultValueFactory = _ => Job.Cpus ?? Environment.ProcessorCount };
    private static readonly Option<long> Memory = Sized("--memory", "memory that actions may have together; that of the job of Slurm by default, else it is not counted", Job.MemoryBytes ?? 0);
    private static readonly Option<long> Cache = Sized("--cache", "how much room copies of blobs may take; 20 GiB by default", 20L << 30);
    private static readonly Option<string[]> Gpus = new("--gpu") { Description = "a graphics processor, as CUDA_VISIBLE_DEVICES names it; may be given again; those of the job of Slurm by default", HelpName = "ID", DefaultValueFactory = _ => [.. Job.Gpus] };
    private static readonly Option<string[]> Labels = new("--label") { Description = "a label that actions may ask for; may be given again", HelpName = "LABEL" };
    private static readonly Option<string> Name = new("--name") { Description = "the worker's name; the machine's by default", HelpName = "NAME", DefaultValueFactory = _ => Environment.MachineName };
    private static readonly Option<int> Ahead = new("--ahead") { Description = "how many actions are taken ahead, so that their inputs are here when a slot is free; 1 by default", HelpName = "N", DefaultValueFactory = _ => 1 };
    private static readonly Option<TimeSpan> Lease = new("--lease")
    {
        Description = "how long it may be without the broker before it ends what it runs; 30s by default",
        HelpName = "TIME",
        DefaultValueFactory = _ => TimeSpan.FromSeconds(30),
        CustomParser = Parsing.With<TimeSpan>(TryTime, Parsing.AnyTime),
    };

    private static readonly Option<TimeSpan?> Time = Timed("--time", "after this time the machine is taken away: actions that may take longer are not taken, and all has ended before; in a job of Slurm, when that ends, by default");
    private static readonly Option<TimeSpan?> Idle = Timed("--idle", "how long it may have nothing to do before it ends; for ever by default");

    private static readonly Option<int> Port = new("--health-port") { Description = "the port on the loopback interface for /healthz and /metrics; none by default", HelpName = "PORT" };
    private static readonly Option<string> TokenFile = FarmOptions.TokenFile();

    public static Command Create()
    {
        var command = new Command("worker", "Takes actions of a farm from a RabbitMQ broker and executes them here. Ends on TERM when what runs has ended, on a second TERM at once.")
        {
            Blobs, Folder, Slots, Memory, Cache, Gpus, Labels, Name, Ahead, Lease, Time, Idle, Port, TokenFile,
        };
        Farm.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        using var signals = new Signals(Job.IsOne);
        var worker = Make(parsed);
        using var health = Health(worker, parsed.GetValue(Port));
        worker.RunAsync(signals.Drain, signals.Leave, signals.Stop).GetAwaiter().GetResult();
        return ExitCodes.Done;
    }

    private static FarmWorker Make(ParseResult parsed)
    {
        var output = TextWriter.Synchronized(parsed.Output());
        try
        {
            return new FarmWorker(new FarmWorkerOptions
            {
                Broker = Farm.Broker(parsed),
                Farm = Farm.Farm(parsed),
                Blobs = parsed.GetRequiredValue(Blobs),
                BlobToken = FarmOptions.Token(parsed.GetRequiredValue(TokenFile)),
                Directory = Path.GetFullPath(parsed.GetRequiredValue(Folder)),
                Slots = parsed.GetValue(Slots),
                MemoryBytes = parsed.GetValue(Memory),
                CacheBytes = parsed.GetValue(Cache),
                Gpus = parsed.GetValue(Gpus) ?? [],
                Labels = parsed.GetValue(Labels) ?? [],
                Name = parsed.GetRequiredValue(Name),
                Ahead = parsed.GetValue(Ahead),
                Lease = parsed.GetValue(Lease),
                Until = Sooner(Job.Until, TimeProvider.System.GetUtcNow() + parsed.GetValue(Time)),
                Idle = parsed.GetValue(Idle),
                IsInAllocation = Job.IsOne,
                Notice = text =>
                {
                    output.WriteLine(text);
                    output.Flush();
                },
            });
        }
        catch (ArgumentException wrong)
        {
            throw new FarmUsageException(wrong.Message, wrong);
        }
    }

    private static HealthServer? Health(FarmWorker worker, int port)
    {
        try
        {
            return port == 0 ? null : new HealthServer(worker, port);
        }
        catch (Exception trouble) when (trouble is HttpListenerException or ArgumentException)
        {
            throw new FarmUsageException($"the port {port} cannot be listened on: {trouble.Message}", trouble);
        }
    }

    private static Option<long> Sized(string name, string description, long otherwise) => new(name)
    {
        Description = description,
        HelpName = "SIZE",
        DefaultValueFactory = _ => otherwise,
        CustomParser = Parsing.With<long>(Parsing.TrySize, Parsing.AnySize),
    };

    private static Option<TimeSpan?> Timed(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = Parsing.With<TimeSpan?>(Parsing.TryTime, Parsing.AnyTime),
    };

    private static DateTimeOffset? Sooner(DateTimeOffset? one, DateTimeOffset? other) => one < other || other is null ? one : other;

    private static bool TryTime(string text, out TimeSpan time)
    {
        var isOne = Parsing.TryTime(text, out var known);
        time = known ?? TimeSpan.Zero;
        return isOne;
    }

    private static string DefaultFolder() => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "scalems", "worker");
}
