namespace ScaleMs.Analyzers.Tests;

public sealed class SecretInCommandTests
{
    [Theory]
    [InlineData("""steps.Step("a").Tool("x").Run("x", $"--token={Token(context)}").Output("o");""", "SMS5007 $\"--token={Token(context)}\"")]
    [InlineData("""steps.Step("a").Tool("x").Tool("y").Run("x").Through("y", $"--token={Token(context)}").Output("o");""", "SMS5007 $\"--token={Token(context)}\"")]
    [InlineData("""var token = Token(context); steps.Step("a").Tool("x").Run("x", "-t", token.ToString()).Output("o");""", "SMS5007 token.ToString()")]
    [InlineData("""var text = "token " + Token(context); steps.Step("a").Tool("x").Run("x", ["-t", text]).Output("o");""", "SMS5007 text")]
    [InlineData("""steps.Step("a").Environment("T", $"{Token(context)}").Output("o");""", "SMS5007 $\"{Token(context)}\"")]
    [InlineData("""steps.Step("a").Template("x", context.Source("x"), new { Token = Token(context) }).Output("o");""", "SMS5007 new { Token = Token(context) }")]
    [InlineData("""steps.Step("a").Tool("x").Run("x").Answering(Token(context).Reveal()).Output("o");""", "SMS5007 Token(context).Reveal()")]
    [InlineData("""steps.Step("a").Tool("x").Run("x", $"-k{context.Env("API_KEY")}").Output("o");""", "SMS5007 $\"-k{context.Env(\"API_KEY\")}\"")]
    [InlineData("""var key = context.Env("ARCHIVE_TOKEN") ?? ""; steps.Step("a").Tool("x").Environment("T", key).Output("o");""", "SMS5007 key")]
    [InlineData("""steps.Step("a").Tool("x").Run("x", "--password=hunter2").Output("o");""", "SMS5007 \"--password=hunter2\"")]
    [InlineData("""steps.Step("a").Tool("x").Run("x", "--api-key", "8f1c2b7d").Output("o");""", "SMS5007 \"8f1c2b7d\"")]
    [InlineData("""steps.Step("a").Tool("x").Run("x", "-H", "Authorization: Bearer 8f1c2b7d9e").Output("o");""", "SMS5007 \"Authorization: Bearer 8f1c2b7d9e\"")]
    [InlineData("""steps.Step("a").Tool("x").Run("x", "https://ann:hunter2@example.org/x").Output("o");""", "SMS5007 \"https://ann:hunter2@example.org/x\"")]
    [InlineData("""steps.Step("a").Tool("x").Run("x", "https://example.org/x?token=8f1c2b7d").Output("o");""", "SMS5007 \"https://example.org/x?token=8f1c2b7d\"")]
    [InlineData("""steps.Step("a").Tool("x").Environment("GH", "ghp_0123456789abcdefghijklmnopqrstuvwxyz").Output("o");""", "SMS5007 \"ghp_0123456789abcdefghijklmnopqrstuvwxyz\"")]
    [InlineData("""steps.Step("a").Tool("env").Run("env", "GITHUB_TOKEN=8f1c2b7d", "x").Output("o");""", "SMS5007 \"GITHUB_TOKEN=8f1c2b7d\"")]
    [InlineData("""steps.Step("a").Tool("x").RunInstead("x", "--password=hunter2").Output("o");""", "SMS5007 \"--password=hunter2\"")]
    public void Secret_InWhatAStepIsTold_IsTold(string body, string expected) => Assert.Equal([expected], Study.FindingsIn(body, Members));

    [Theory]
    [InlineData("""steps.Step("a").Tool("sh").Run("sh", "-c", "test -n \"$TOKEN\" && curl --token=$TOKEN x > o").Secret("TOKEN", Token(context)).Output("o");""")]
    [InlineData("""steps.Step("a").Tool("x").Run("x", "--token=${TOKEN}", "--token", "-", "--password-file=licence.key", "--token=token.txt", "--secret=@Secret@").SecretFile("token.txt", Token(context)).Output("o");""")]
    [InlineData("""steps.Step("a").Tool("x").Run("x", "-v", "token=12345678", "--token", "none", "--tokens=abcdefgh", "max_tokens=abcdefgh").Output("o");""")]
    [InlineData("""steps.Step("a").Tool("x").Run("x", "https://example.org:8080/x", "ann@example.org", "scp://host:/x@y").Output("o");""")]
    [InlineData("""steps.Step("a").Tool("x").Run("x", "eos_token=endoftext", "--pad-token=padding", "--secret=id=archive,env=ARCHIVE", "type=secret,id=abcdefgh").Output("o");""")]
    [InlineData("""steps.Step("a").Parameter("token", Token(context).Version).Output("o");""")]
    [InlineData("""steps.Step("a").Environment("HOST", context.Env("HOST_NAME") ?? "").Output("o");""")]
    [InlineData("""steps.Fault($"{Token(context)} is missing", "give it");""")]
    [InlineData("""steps.Step("a").Call(Use, Token(context), OutputFile.Named("o"));""")]
    [InlineData("""steps.Step("a").Environment("GOOGLE_APPLICATION_CREDENTIALS", context.Env("GOOGLE_APPLICATION_CREDENTIALS") ?? "").Output("o");""")]
    public void Secret_GivenAsOneOrNone_IsLeft(string body) => Assert.Empty(Study.FindingsIn(body, Members));

    private const string Members = """
        private static Secret Token(Md context) => context.Secret("token", fromEnvironment: "TOKEN");
        private static void Use(Secret secret, OutputFile file) => file.WriteText(secret.Reveal());
        """;
}
