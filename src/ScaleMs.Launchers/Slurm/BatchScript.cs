using System.Globalization;
using System.Text;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Sites;

namespace ScaleMs.Launchers.Slurm;

/// <summary>The script of a batch. It holds the list of its attempts, so that nothing but their own directories need be there when its tasks start.</summary>
internal static class BatchScript
{
    private static readonly string Rest = ShellText.Of("batch.sh");

    internal static string Of(Batch batch, string wrapper, SlurmProfile slurm)
    {
        var text = new StringBuilder("#!/bin/sh\n");
        text.Append("wrapper=").Append(ShellWord.Of(wrapper)).Append('\n');
        text.Append("work=").Append(ShellWord.Of(batch.Shape.Directory)).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"slots={batch.Shape.TaskOf(slurm).Slots}\n");
        text.Append("case $SLURM_ARRAY_TASK_ID in\n");
        for (var i = 0; i < batch.Tasks.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i}) set --");
            text.Append(ShellWord.All(batch.Tasks[i].Select(attempt => attempt.Name))).Append(" ;;\n");
        }

        return text.Append("*) exit 70 ;;\nesac\n").Append(Rest).ToString();
    }
}
