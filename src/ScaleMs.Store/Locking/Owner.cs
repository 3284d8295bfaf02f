using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Layout;

namespace ScaleMs.Store.Locking;

/// <summary>Who holds the lock, for people: the lock itself is the operating system's.</summary>
internal sealed record Owner(string Host, string BootId, int Pid, DateTimeOffset Started, string Command)
{
    public static Owner Of(OpenOptions options) =>
        new(options.HostName, options.BootId, options.ProcessId, options.ProcessStart, options.CommandLine);

    /// <summary>Reads who holds the lock; null when it is not written yet, or no longer.</summary>
    public static Owner? TryRead(StoreLayout layout)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(layout.OwnerFile), OwnerJson.Default.Owner);
        }
        catch (Exception cause) when (cause is JsonException || DiskErrors.IsDiskError(cause))
        {
            return null;
        }
    }

    public void Write(StoreLayout layout)
    {
        var temporary = TemporaryName.Beside(layout.OwnerFile);
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(this, OwnerJson.Default.Owner));
        File.Move(temporary, layout.OwnerFile, overwrite: true);
    }

    public override string ToString()
    {
        var since = Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return $"process {Pid} on host '{Host}' since {since} UTC: {Command}";
    }
}

/// <summary>The form of <c>owner.json</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(Owner))]
internal sealed partial class OwnerJson : JsonSerializerContext;
