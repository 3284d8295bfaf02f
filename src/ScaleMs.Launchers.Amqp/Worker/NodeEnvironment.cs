using System.Collections;
using ScaleMs.Launchers.Amqp.Files;
using ScaleMs.Launchers.Amqp.Protocol;

namespace ScaleMs.Launchers.Amqp.Worker;

/// <summary>The environment of commands: what is known to be of the machine, what the step wants of it, and what the client says. The worker's credentials are none of it.</summary>
internal static class NodeEnvironment
{
    private static readonly string[] OfTheMachine =
        ["PATH", "LD_LIBRARY_PATH", "MODULEPATH", "LOADEDMODULES", "HOME", "USER", "LOGNAME", "TMPDIR", "CUDA_VISIBLE_DEVICES", "ROCR_VISIBLE_DEVICES", "LM_LICENSE_FILE"];

    private const string OfSlurm = "SLURM_";
    private const string Own = "SCALEMS_";

    internal static Dictionary<string, string> Of(ActionMessage message, PathMap map, IReadOnlyList<string> devices)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            var name = (string)variable.Key;
            if ((OfTheMachine.Contains(name) || name.StartsWith(OfSlurm, StringComparison.Ordinal) || message.Pass.Contains(name)) && !name.StartsWith(Own, StringComparison.Ordinal))
            {
                result[name] = (string?)variable.Value ?? string.Empty;
            }
        }

        foreach (var (name, value) in message.Environment)
        {
            result[name] = map.Of(value);
        }

        if (message.Class.Gpus > 0)
        {
            result["CUDA_VISIBLE_DEVICES"] = result["ROCR_VISIBLE_DEVICES"] = string.Join(',', devices);
        }

        return result;
    }
}
