namespace ScaleMs;

/// <summary>The text of <c>--help</c>.</summary>
internal static class Help
{
    public static void Write(TextWriter output, string program)
    {
        output.WriteLine($"Usage: {program} [--target=NAME] [options]");
        output.WriteLine();
        output.WriteLine("Cake's options:");
        Write(output, OptionTable.Cake);
        output.WriteLine();
        output.WriteLine("ScaleMs' options:");
        Write(output, OptionTable.ScaleMs);
        output.WriteLine();
        output.WriteLine("--description lists the targets of this workflow; --config-show lists the values of a target's parameters and where they come from.");
        output.WriteLine();
        output.WriteLine("Exit codes: 0 done, 1 a step failed, 2 usage, 3 definition error, 4 work to do (--exit-code), 70 a bug of ours, 75 store in use, 130 interrupted.");
    }

    private static void Write(TextWriter output, IReadOnlyList<OptionInfo> options)
    {
        foreach (var option in options)
        {
            var letter = option.Aliases.FirstOrDefault(alias => alias.Length == 1 && char.IsLetter(alias[0]));
            var name = (letter is null ? "    " : $"-{letter}, ") + $"--{option.Name}" + (option.Value is null ? string.Empty : $"={option.Value}");
            output.WriteLine($"  {name,-32}{option.Description}");
        }
    }
}
