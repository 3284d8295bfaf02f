using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Keys;
using Xunit;

namespace ScaleMs.Core.Tests.Keys;

public sealed class SecretKeyTests
{
    private static readonly SecretUse Token = new("api-token", "1", new SecretSource.FromEnvironment("API_TOKEN"), "TOKEN", null);

    [Fact]
    public void Key_SecretAdded_Differs() => KeyAssert.Differs(SampleAction.OfCommands, With(Token));

    [Fact]
    public void Key_SecretChanges_Differs() => KeyAssert.Differs(With(Token), With(Token with { Name = "other" }), "secret/TOKEN");

    [Fact]
    public void Key_SecretVersionChanges_Differs() => KeyAssert.Differs(With(Token), With(Token with { Version = "2" }), "secret/TOKEN/version");

    [Fact]
    public void Key_SecretGivenByAnotherVariable_Differs() => KeyAssert.Differs(With(Token), With(Token with { Variable = "AUTH" }));

    [Fact]
    public void Key_SecretGivenByAFileOfTheVariablesName_Differs() =>
        KeyAssert.Differs(With(Token), With(Token with { Variable = null, File = SampleAction.Path("TOKEN") }), "secret/TOKEN/by");

    [Fact]
    public void Key_SecretComesFromElsewhere_Stays()
    {
        KeyAssert.Stays(With(Token), With(Token with { Source = new SecretSource.FromEnvironment("OTHER") }));
        KeyAssert.Stays(With(Token), With(Token with { Source = new SecretSource.FromFile("/elsewhere/token") }));
        KeyAssert.Stays(With(Token), With(Token with { Source = new SecretSource.FromCommand(["pass", "show", "token"]) }));
    }

    [Fact]
    public void Reason_OfAnotherSecretVersion_NamesSecretAndVersions() => Assert.Equal(
        ["version of the secret in TOKEN: 1 → 2"],
        KeyDifference.Between(KeyEncoder.ComponentsOf(With(Token)), KeyEncoder.ComponentsOf(With(Token with { Version = "2" }))));

    private static ClosedAction With(SecretUse secret) => SampleAction.OfCommands.With(step => step with { Secrets = [secret] });
}
