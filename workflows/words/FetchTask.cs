using Cake.Frosting;
using ScaleMs;

namespace Words;

/// <summary>A step that needs a token and a licence.</summary>
[TaskName("fetch"), TaskDescription("Shows a step with secrets: ARCHIVE_TOKEN, and a licence in licence.key")]
public sealed class FetchTask : StepTask<WordsContext>
{
    public override void Define(StepBuilder steps, WordsContext context)
    {
        var token = context.Secret("archive-token", fromEnvironment: "ARCHIVE_TOKEN", version: "2025");
        steps.Step("fetch")
            .Tool("sh")
            .Run("sh", "-c", "test -n \"$TOKEN\" && wc -c < licence > fetched.txt")
            .Secret("TOKEN", token)
            .SecretFile("licence", context.Secret("licence", fromFile: "licence.key"))
            .Output("fetched.txt", publish: "results/fetched.txt");
    }
}
