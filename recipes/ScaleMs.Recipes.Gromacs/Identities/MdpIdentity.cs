using ScaleMs.Core.Identity;

namespace ScaleMs.Recipes.Gromacs;

/// <summary>The identity of run parameters (<c>.mdp</c>): the settings, without comments and with single blanks.</summary>
/// <remarks>
/// <c>grompp -po</c> writes date, host and command line as comments, and a drawn <c>gen-seed</c> even where <c>gen-vel = no</c> makes
/// it idle; that line is left out. Fits an <c>.mdp</c> that a user keeps as well: a remark or an aligned column changes nothing. The
/// order of the settings counts. Thread-safe.
/// </remarks>
public sealed class MdpIdentity : ContentIdentity
{
    // The shell form of the filter below, for ASCII blanks.
    private MdpIdentity() => ShellFilter = @"awk '{ sub(/;.*/, """"); gsub(/[ \t\v\f\r]+/, "" ""); sub(/^ /, """"); sub(/ $/, """"); name = tolower($0); gsub(/_/, ""-"", name); "
        + @"if (name == ""gen-vel = no"") quiet = 1; sub(/ .*/, """", name); if ($0 != """" && !(quiet && name == ""gen-seed"")) print }'";

    /// <summary>The identity; it has no options.</summary>
    public static MdpIdentity Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "gromacs.mdp";

    /// <inheritdoc/>
    public override int Version => 1;

    /// <inheritdoc/>
    public override IContentDigester Start() => Lines().Start();

    /// <inheritdoc/>
    /// <remarks>The settings by name, with <c>-</c> for <c>_</c> and in small letters, as grompp compares them.</remarks>
    public override IReadOnlyList<KeyValuePair<string, string>>? Fields(string text) =>
        [.. Lines().Fields(text).Select(field => KeyValuePair.Create(field.Key.Replace('_', '-').ToLowerInvariant(), field.Value))];

    private LineIdentity Lines() => new(Name, Version, new Filter().Keep);

    private sealed class Filter
    {
        private bool _drawsNoVelocities;

        public string? Keep(string line)
        {
            var comment = line.IndexOf(';', StringComparison.Ordinal);
            var words = (comment < 0 ? line : line[..comment]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            var setting = string.Join(' ', words);

            // Only a "no" that stands before the seed counts, as in what grompp writes: a line is never dropped on a guess.
            _drawsNoVelocities |= Is(setting, "gen-vel = no");
            return setting.Length == 0 || (_drawsNoVelocities && words is [var name, ..] && Is(name, "gen-seed")) ? null : setting;
        }

        // grompp takes - and _ for one another.
        private static bool Is(string text, string wanted) => text.Replace('_', '-').Equals(wanted, StringComparison.OrdinalIgnoreCase);
    }
}
