using ScaleMs.Launchers.Amqp.Protocol;
using ScaleMs.Launchers.Sites.Doctor;

namespace ScaleMs.Launchers.Amqp.Doctor;

/// <summary>Whether workers have some programs, and all the same.</summary>
internal sealed class ToolCheck(FarmWatch watch, IReadOnlyList<string> tools)
{
    private const string Check = "tool";

    /// <summary>Whoever is free answers, so that some are asked more than once.</summary>
    private const int MostQuestions = 64;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    internal async Task<IReadOnlyList<Finding>> RunAsync(IReadOnlyList<WorkerNotice> workers, CancellationToken cancellation)
    {
        var answers = new SortedDictionary<string, AnswerMessage>(StringComparer.Ordinal);
        for (var asked = 0; asked < Math.Min(MostQuestions, workers.Count * 2) && answers.Count < workers.Count; asked++)
        {
            using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            time.CancelAfter(Patience);
            try
            {
                var answer = await watch.AskAsync(new QuestionMessage { Tools = [.. tools.Select(tool => new ToolMessage { Name = tool, Candidates = [tool] })] }, time.Token).ConfigureAwait(false);
                answers[answer.Worker] = answer;
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                break;
            }
        }

        return answers.Count == 0
            ? [Finding.Fail(string.Empty, Check, "no worker answers a question about tools", "see what the workers print")]
            : [.. tools.SelectMany((tool, index) => Of(tool, [.. answers.Where(answer => answer.Value.Tools.Count > index).Select(answer => (answer.Key, answer.Value.Tools[index]))]))];
    }

    private static IEnumerable<Finding> Of(string tool, IReadOnlyList<(string Worker, ToolAnswerMessage Answer)> answers)
    {
        foreach (var (worker, answer) in answers)
        {
            yield return answer is { Path: { } path, Problem: null } ? Finding.Ok(worker, Check, $"'{tool}' is {path}")
                : Finding.Fail(worker, Check, $"'{tool}' {answer.Problem ?? "was not found"}", "install it there, or start the worker where it is found in PATH");
        }

        var versions = answers.Where(one => one.Answer.Path is not null).GroupBy(one => string.Join('\n', one.Answer.Fingerprint), StringComparer.Ordinal).ToList();
        if (versions.Count > 1)
        {
            yield return Finding.Warn(string.Empty, Check, $"workers have {versions.Count} versions of '{tool}': {string.Join("; ", versions.Select(version => string.Join(", ", version.Select(one => one.Worker))))}",
                "a step runs only where the tool is that of the worker that was asked: install one version, or give the workers labels");
        }
    }
}
