namespace ScaleMs.Reporting.Terminal;

/// <summary>The size of a terminal.</summary>
/// <param name="Columns">Characters in a row; 0 when unknown.</param>
/// <param name="Rows">Rows; 0 when unknown.</param>
public readonly record struct TerminalSize(int Columns, int Rows)
{
    /// <summary>The size of this process's terminal at this moment.</summary>
    /// <returns>Zeros when it cannot be told.</returns>
    public static TerminalSize OfProcess()
    {
        try
        {
            return new TerminalSize(Console.WindowWidth, Console.WindowHeight);
        }
        catch (IOException)
        {
            return default;
        }
    }

    /// <summary>The size with the classic one in place of what is unknown.</summary>
    internal TerminalSize OrClassic() => new(Columns > 0 ? Columns : 80, Rows > 0 ? Rows : 24);
}
