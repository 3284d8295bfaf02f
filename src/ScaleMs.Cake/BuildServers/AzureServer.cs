using Cake.Common.Build.AzurePipelines;
using Cake.Common.Build.AzurePipelines.Data;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <summary>Azure Pipelines: groups, issues of the task, a summary of the task.</summary>
internal sealed class AzureServer(IAzurePipelinesProvider server) : IBuildServer
{
    public void BeginGroup(string title) => server.Commands.BeginGroup(title);

    public void EndGroup(string title) => server.Commands.EndGroup();

    public void Problem(string title, string message, SourceLocation? where = null) =>
        server.Commands.WriteError($"{title}: {message}", new AzurePipelinesMessageData { SourcePath = where?.File, LineNumber = where?.Line });

    public void Summarise(string markdown, Func<string> file) => server.Commands.UploadTaskSummary(file());
}
