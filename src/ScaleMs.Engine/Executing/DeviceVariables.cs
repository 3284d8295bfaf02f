namespace ScaleMs.Engine.Executing;

/// <summary>The variables that tell CUDA's and ROCm's programs which graphics processors are theirs; never in a key.</summary>
internal static class DeviceVariables
{
    private static readonly string[] Names = ["CUDA_VISIBLE_DEVICES", "ROCR_VISIBLE_DEVICES"];

    /// <summary>Names an attempt's own processors, unless its step declares or passes the variable itself.</summary>
    public static Dictionary<string, string> Set(Dictionary<string, string> environment, ExecutionRequest request)
    {
        if (request.Devices.Count > 0)
        {
            foreach (var name in Names.Where(name => !request.Step.Environment.ContainsKey(name) && !request.Step.PassedEnvironment.Contains(name)))
            {
                environment[name] = string.Join(',', request.Devices);
            }
        }

        return environment;
    }
}
