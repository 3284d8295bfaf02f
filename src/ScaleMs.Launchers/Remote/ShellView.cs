using System.Globalization;
using System.Text;

namespace ScaleMs.Launchers.Remote;

/// <summary>Roots that only a site's shell sees.</summary>
internal sealed class ShellView(ISiteShell shell) : IAttemptView
{
    private const int RootsPerCall = 500;

    /// <summary>What is to be done comes as standard input, so its length does not matter; each answer is one line.</summary>
    private const string Functions = """
        look() {
            c=0; r=0; h=
            [ ! -d "$1/claim" ] || c=1
            [ ! -f "$1/result.json" ] || r=1
            [ ! -r "$1/heartbeat" ] || read -r h < "$1/heartbeat"
            printf '%s %s %.64s\n' "$c" "$r" "$h"
        }
        ended() { for f in "$1/.ended"/*; do [ ! -f "$f" ] || printf '%s/%s\n' "$2" "${f##*/}"; done; }
        cancel() { true > "$1/cancel"; }
        hush() { rm -f -- "${1%/*}/.ended/${1##*/}"; }
        eval "$(cat)"
        """;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> EndedAsync(IReadOnlyCollection<string> parents, CancellationToken cancellation)
    {
        var known = parents.ToList();
        var calls = known.Select((parent, index) => string.Create(CultureInfo.InvariantCulture, $"ended {ShellWord.Of(parent)} {index}"));
        var lines = await LinesAsync(calls, cancellation).ConfigureAwait(false);
        return [.. lines.Select(line => line.Split('/', 2)).Where(parts => parts.Length == 2 && IndexIn(parts[0], known.Count) >= 0).Select(parts => $"{known[IndexIn(parts[0], known.Count)]}/{parts[1]}")];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AttemptSight>> LookAsync(IReadOnlyList<string> roots, CancellationToken cancellation)
    {
        var sights = new List<AttemptSight>(roots.Count);
        foreach (var chunk in roots.Chunk(RootsPerCall))
        {
            var lines = await LinesAsync(chunk.Select(root => $"look {ShellWord.Of(root)}"), cancellation).ConfigureAwait(false);
            sights.AddRange(lines.Length == chunk.Length ? lines.Select(Sight) : throw new SiteException($"{shell.Name} told of {lines.Length} attempts, not of {chunk.Length}"));
        }

        return sights;
    }

    /// <inheritdoc/>
    public async Task<string> ReadResultAsync(string root, CancellationToken cancellation)
    {
        var script = string.Create(CultureInfo.InvariantCulture, $"head -c {AttemptResult.LongestBytes + 1} -- {ShellWord.Of(root)}/{AttemptFiles.Result}");
        var answer = await shell.RunAsync(script, null, cancellation).ConfigureAwait(false);
        return answer.ExitCode == 0 && answer.Output.Length <= AttemptResult.LongestBytes ? answer.Output : string.Empty;
    }

    /// <inheritdoc/>
    public Task CancelAsync(IReadOnlyList<string> roots, CancellationToken cancellation) => CallAsync("cancel", roots, cancellation);

    /// <inheritdoc/>
    public async Task<bool> ClaimAsync(string root, CancellationToken cancellation) =>
        (await shell.RunAsync($"umask 077; mkdir {ShellWord.Of(root)}/{AttemptFiles.Claim}", null, cancellation).ConfigureAwait(false)).ExitCode == 0;

    /// <inheritdoc/>
    public Task HushAsync(IReadOnlyList<string> roots, CancellationToken cancellation) => CallAsync("hush", roots, cancellation);

    private static int IndexIn(string text, int count) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < count ? index : -1;

    private static AttemptSight Sight(string line) => line.Split(' ', 3) is [var claimed, var ended, var heartbeat] ? new AttemptSight(claimed == "1", ended == "1", heartbeat) : AttemptSight.Nothing;

    private async Task CallAsync(string function, IEnumerable<string> roots, CancellationToken cancellation) =>
        _ = await LinesAsync(roots.Select(root => $"{function} {ShellWord.Of(root)}"), cancellation).ConfigureAwait(false);

    private async Task<string[]> LinesAsync(IEnumerable<string> calls, CancellationToken cancellation)
    {
        var input = new StringBuilder().AppendJoin('\n', calls).Append('\n').ToString();
        return (await shell.RunAsync(Functions, input, cancellation).ConfigureAwait(false)).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
