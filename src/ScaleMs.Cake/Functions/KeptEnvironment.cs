using System.Collections;

namespace ScaleMs;

/// <summary>The variables of this process as they are now, to be put back.</summary>
internal sealed class KeptEnvironment
{
    private readonly IDictionary _variables = Environment.GetEnvironmentVariables();

    public void Restore()
    {
        var now = Environment.GetEnvironmentVariables();
        foreach (string name in now.Keys.Cast<string>().Where(name => !_variables.Contains(name)))
        {
            Environment.SetEnvironmentVariable(name, null);
        }

        foreach (var variable in _variables.Cast<DictionaryEntry>().Where(variable => !Equals(now[variable.Key], variable.Value)))
        {
            Environment.SetEnvironmentVariable((string)variable.Key, (string?)variable.Value);
        }
    }
}
