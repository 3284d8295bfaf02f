using ScaleMs.Benchmarks;
using ScaleMs.Benchmarks.Reporting;

if (OperatingSystem.IsWindows())
{
    Console.Error.WriteLine("bench: the graphs' commands are cp, head and xargs, which Windows has not; run this on Linux or macOS.");
    return 2;
}

try
{
    var settings = BenchSettings.Read(args);
    var rows = new Bench(settings, Hosts.Published, line => Console.Error.WriteLine($"bench: {line}")).Run();
    foreach (var line in BenchTable.Lines(rows))
    {
        Console.WriteLine(line);
    }

    BenchFile.Write(settings.Out, rows);
    Console.Error.WriteLine($"bench: written to {settings.Out}/bench.json");
    return 0;
}
catch (FormatException exception)
{
    Console.Error.WriteLine($"bench: {exception.Message}");
    return 2;
}
catch (Exception exception)
{
    // Caught so that the workspaces are removed on the way: nothing is unwound for an exception that nobody catches.
    Console.Error.WriteLine($"bench: {exception}");
    return 70;
}
