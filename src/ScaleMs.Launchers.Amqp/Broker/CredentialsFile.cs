namespace ScaleMs.Launchers.Amqp.Broker;

/// <summary>A file with two lines, user and password.</summary>
internal static class CredentialsFile
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    internal static (string User, string Password) Read(string path)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
            {
                throw new BrokerException($"the file of credentials '{path}' is open to others: chmod 600 it");
            }

            var lines = File.ReadAllLines(path);
            return lines.Length >= 2 ? (lines[0].Trim(), lines[1].Trim()) : throw new BrokerException($"the file of credentials '{path}' does not have two lines, user and password");
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new BrokerException($"the file of credentials '{path}' cannot be read: {trouble.Message}", trouble);
        }
    }
}
