using Cake.Core;

namespace ScaleMs;

/// <summary>A command line that was checked, as Cake would give it, for runs without Cake.</summary>
internal sealed class GivenArguments : ICakeArguments
{
    private readonly Dictionary<string, ICollection<string>> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="normal">The arguments, each as <c>--name</c> or <c>--name=value</c>.</param>
    public GivenArguments(IEnumerable<string> normal)
    {
        foreach (var argument in normal)
        {
            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? argument[2..] : argument[2..equals];
            if (!_values.TryGetValue(name, out var values))
            {
                _values[name] = values = new List<string>();
            }

            values.Add(equals < 0 ? string.Empty : argument[(equals + 1)..]);
        }
    }

    /// <summary>The names that are given.</summary>
    public IEnumerable<string> Names => _values.Keys;

    /// <inheritdoc/>
    public bool HasArgument(string name) => _values.ContainsKey(name);

    /// <inheritdoc/>
    public ICollection<string> GetArguments(string name) => _values.TryGetValue(name, out var values) ? values : [];

    /// <inheritdoc/>
    public IDictionary<string, ICollection<string>> GetArguments() => _values;
}
