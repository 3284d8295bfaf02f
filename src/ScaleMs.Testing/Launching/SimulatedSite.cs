using ScaleMs.Core.Model;

namespace ScaleMs.Testing;

/// <summary>A place elsewhere, in virtual time: its attempts go on when the host crashes, and the next run takes them over.</summary>
/// <param name="name">Its name, as steps give it with <c>Launcher</c>.</param>
public sealed class SimulatedSite(string name)
{
    private readonly Dictionary<string, SimulatedJob> _jobs = new(StringComparer.Ordinal);
    private int _underWay;

    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>How many attempts may be under way at once.</summary>
    public int MostAttempts { get; set; } = 10_000;

    /// <summary>The most that it gives one step; memory 0 and no time limit for what is not known.</summary>
    public Resources Most { get; set; } = Resources.Default;

    /// <summary>Counts of named tokens that are its own; null for none.</summary>
    public IReadOnlyDictionary<string, int>? Tokens { get; set; }

    /// <summary>Says why a step can never run there; null when it can. By default every step can.</summary>
    public Func<Resources, string?> Refuses { get; set; } = _ => null;

    /// <summary>Whether its attempts can be taken over; without it they die with the host that began them.</summary>
    public bool HandsOver { get; set; } = true;

    /// <summary>How long it takes to bring back what an attempt left. One that is cancelled meanwhile is left to the next run.</summary>
    public TimeSpan BringingBack { get; set; }

    /// <summary>What steps do there; null for what the host's launcher does.</summary>
    public StepScript? Script { get; set; }

    /// <summary>The versions that tools tell there, by name; a tool without one tells the version that it tells here.</summary>
    public IDictionary<string, string> ToolVersions { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How often an attempt was begun; one that is taken over is not begun again.</summary>
    public int Begun { get; internal set; }

    /// <summary>How often an attempt of a crashed host was taken over.</summary>
    public int TakenOver { get; internal set; }

    /// <summary>How many attempts are under way.</summary>
    public int UnderWay => _underWay;

    /// <summary>The most attempts that were under way at one time.</summary>
    public int MostUnderWay { get; private set; }

    internal void Add(string directory, SimulatedJob job)
    {
        Begun++;
        _jobs[directory] = job;
        MostUnderWay = Math.Max(MostUnderWay, ++_underWay);
    }

    internal void Ended() => _underWay--;

    internal SimulatedJob? Find(string directory) => _jobs.GetValueOrDefault(directory);
}
