using ScaleMs.Launchers.Amqp.Broker;

namespace ScaleMs.Amqp.Tests;

/// <summary>Credentials come from the environment or a file and are shown nowhere.</summary>
public sealed class AddressTests
{
    [Fact]
    public void Address_WithCredentials_IsRefusedWithoutRepeatingThem()
    {
        var refused = Assert.Throws<BrokerException>(() => BrokerAddress.Of("amqp://ann:hunter2@broker/x", string.Empty, _ => null));
        Assert.DoesNotContain("hunter2", refused.Message, StringComparison.Ordinal);
        Assert.Contains(BrokerAddress.PasswordVariable, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Address_AsText_NamesNoCredentials()
    {
        var address = BrokerAddress.Of("amqps://broker.example/farm", string.Empty, name => name == BrokerAddress.AuthorityVariable ? null : "hunter2");
        Assert.Equal("amqps://broker.example:5671/farm", address.ToString());
    }

    [Theory]
    [InlineData("http://broker")]
    [InlineData("broker")]
    [InlineData("")]
    public void Address_OfAnotherKind_IsRefused(string text) =>
        Assert.Contains("'amqp://host:5672/vhost'", Assert.Throws<BrokerException>(() => BrokerAddress.Of(text, string.Empty, _ => null)).Message, StringComparison.Ordinal);

    [Fact]
    public void CredentialsFile_OpenToOthers_IsRefused()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "ann\nhunter2\n");
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead);
            Assert.Contains("chmod 600", Assert.Throws<BrokerException>(() => BrokerAddress.Of("amqp://broker", file, _ => null)).Message, StringComparison.Ordinal);
            File.SetUnixFileMode(file, UnixFileMode.UserRead);
            Assert.Equal("amqp://broker:5672/", BrokerAddress.Of("amqp://broker", file, _ => null).ToString());
        }
        finally
        {
            File.Delete(file);
        }
    }
}
