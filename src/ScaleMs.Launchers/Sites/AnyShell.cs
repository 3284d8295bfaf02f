using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Sites;

/// <summary>Machines that are alike: a script runs at the first that can be reached. For questions, which may be asked twice.</summary>
/// <param name="shells">The machines, at least one.</param>
internal sealed class AnyShell(IReadOnlyList<ISiteShell> shells) : ISiteShell
{
    private volatile int _first;

    /// <inheritdoc/>
    public string Name => shells[_first].Name;

    /// <inheritdoc/>
    public async Task<ShellAnswer> RunAsync(string script, string? input, CancellationToken cancellation)
    {
        var troubles = new List<string>();
        var first = _first;
        for (var i = 0; i < shells.Count; i++)
        {
            var number = (first + i) % shells.Count;
            try
            {
                var answer = await shells[number].RunAsync(script, input, cancellation).ConfigureAwait(false);
                _first = number;
                return answer;
            }
            catch (SiteException trouble)
            {
                troubles.Add(trouble.Message);
            }
        }

        throw new SiteException(string.Join("; ", troubles));
    }
}
