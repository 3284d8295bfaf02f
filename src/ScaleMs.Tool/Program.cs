namespace ScaleMs.Tool;

/// <summary>The process <c>scalems</c>.</summary>
internal static class Program
{
    private static int Main(string[] args) => CommandLine.Run(args, Console.Out, Console.Error);
}
