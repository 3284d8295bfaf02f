using System.Globalization;
using System.Text;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Sites;
using ScaleMs.Launchers.Ssh;

namespace ScaleMs.Launchers.Slurm;

/// <summary>The script of jobs that each run a worker of a farm. It holds names of files with credentials, and no credentials.</summary>
internal static class PilotScript
{
    private const string Scratch = "\"${SLURM_TMPDIR:-${TMPDIR:-/tmp}}\"";

    internal static string Of(SiteProfile cluster, AmqpProfile farm, PilotOrder order)
    {
        var text = new StringBuilder("#!/bin/sh\n").Append(ShellText.Of("site.sh"));
        text.Append("pilot_modules=").Append(ShellWord.Of(ShellWord.All(cluster.Modules))).Append('\n');
        text.Append("pilot_scratch=").Append(cluster.Scratch.Length == 0 ? Scratch : ScratchFolder.WordOf(cluster.Scratch)).Append('\n');
        AddLines(text, cluster, order);
        text.Append("pilot_worker() {\nexec").Append(ShellWord.All(order.Program)).Append(" worker").AppendJoin(string.Empty, Words(farm, order).Select(word => " " + word)).Append(" \"$@\"\n}\n");
        return text.Append(ShellText.Of("pilot.sh")).ToString();
    }

    private static void AddLines(StringBuilder text, SiteProfile cluster, PilotOrder order)
    {
        text.Append("pilot_lines() {\n:\n");
        foreach (var line in cluster.Before)
        {
            text.Append("eval ").Append(ShellWord.Of(line)).Append('\n');
        }

        foreach (var (name, value) in cluster.Environment.Concat(order.Environment).Where(variable => ShellWord.IsPlainName(variable.Key)))
        {
            text.Append("export ").Append(name).Append('=').Append(ShellWord.Of(value)).Append('\n');
        }

        text.Append("}\n");
    }

    private static IEnumerable<string> Words(AmqpProfile farm, PilotOrder order)
    {
        yield return "--broker " + ShellWord.Of(farm.Broker);
        yield return "--farm " + ShellWord.Of(farm.Farm);
        yield return "--blobs " + (SiteWords.IsPathThere(farm.Blobs) ? ScratchFolder.WordOf(farm.Blobs) : ShellWord.Of(farm.Blobs));
        yield return Seconds("idle", order.Idle);
        foreach (var (name, file) in ((string, string)[])[("credentials-file", farm.CredentialsFile), ("token-file", order.TokenFile)])
        {
            yield return file.Length == 0 ? string.Empty : $"--{name} {ScratchFolder.WordOf(file)}";
        }

        yield return order.Time is { } time ? Seconds("time", time) : string.Empty;
        foreach (var label in farm.Labels)
        {
            yield return "--label " + ShellWord.Of(label);
        }
    }

    private static string Seconds(string name, TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"--{name} {Math.Max(1, (long)time.TotalSeconds)}s");
}
