namespace ScaleMs.Launchers.Calls;

/// <summary>What a process is told of a call.</summary>
/// <param name="CallFile">The file that says what to call.</param>
/// <param name="Directory">The private directory.</param>
/// <param name="LogFile">Takes, at its end, what the call prints.</param>
internal sealed record CallOrder(string CallFile, string Directory, string LogFile)
{
    internal static CallOrder Read(BinaryReader from) => new(from.ReadString(), from.ReadString(), from.ReadString());

    internal byte[] Bytes()
    {
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(CallFile);
        writer.Write(Directory);
        writer.Write(LogFile);
        return bytes.ToArray();
    }
}
