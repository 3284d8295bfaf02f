using System.Globalization;

namespace ScaleMs.Storm;

/// <summary>The storm: edits sources, has a run killed, damages something now and then, and looks what became of it.</summary>
internal sealed class Driver(Settings settings, TextWriter output)
{
    private const int LongestLife = 12;
    private const int MostTries = 40;

    private readonly Random _random = new(settings.Seed);
    private readonly string _scratch = Directory.CreateTempSubdirectory("scalems-storm-").FullName;
    private readonly List<Space> _spaces = [];
    private TimeSpan _length;
    private int _spaceCount;
    private int _kills;
    private int _wrong;
    private int _lost;
    private int _confirmed;
    private int _killedBeside;

    /// <returns>0 when nothing was wrong and nothing lost, else 1.</returns>
    public int Run()
    {
        var reference = new Reference(_scratch);
        var plan = Blow.Plan(settings);
        MeasureLength();
        output.WriteLine($"seed {settings.Seed}: {settings.Kills} kills at random instants of a run of {_length.TotalMilliseconds:F0} ms, {plan.Count - settings.Kills} at named points");
        for (var i = 0; i < plan.Count; i++)
        {
            Strike(i, plan[i], reference);
            if (i % 25 == 24)
            {
                output.WriteLine($"{i + 1} of {plan.Count}: wrong {_wrong}, lost {_lost}");
            }
        }

        output.WriteLine($"killed in a second workspace at the same time: {_killedBeside}");
        output.WriteLine($"null runs remembered before the next edit: {_confirmed}");
        _spaces.ForEach(space => space.Dispose());
        RemoveScratchUnlessKept();
        output.WriteLine($"kills {_kills}, wrong {_wrong}, lost {_lost}");
        return _wrong + _lost == 0 ? 0 : 1;
    }

    /// <summary>How long a run of everything takes in a process of its own: the span of the random instants.</summary>
    private void MeasureLength()
    {
        using var space = NewSpace(Harm.None);
        _length = Victim.Run(space.Ledger, ArgumentsOf(space, null, 200, 1), after: null, withSteps: false).Length;
    }

    private void Strike(int iteration, Blow blow, Reference reference)
    {
        var space = SpaceFor(blow);
        var withSteps = _random.Next(3) == 0;
        var isKilled = false;
        for (var tries = 0; tries < MostTries && !isKilled; tries++)
        {
            var struck = Together(space);
            struck.ForEach(one => EditUnlessNew(one, isAgain: tries > 0));
            var endings = Kill(struck, blow, withSteps, isFirst: tries == 0);
            isKilled = endings[0].IsKilled;
            _killedBeside += endings.Skip(1).Count(ending => ending.IsKilled);
            for (var i = 0; i < struck.Count; i++)
            {
                Look(struck[i], endings[i], reference, $"seed {settings.Seed}, iteration {iteration}, {blow}");
            }

            space = space.IsKept ? SpaceFor(blow) : space;
        }

        _kills += isKilled && blow.Point is null ? 1 : 0;
        if (!isKilled)
        {
            _wrong++;
            output.WriteLine($"seed {settings.Seed}, iteration {iteration}: no run came to {blow}");
        }
    }

    private void EditUnlessNew(Space space, bool isAgain)
    {
        if (space.Age++ > 0 || isAgain)
        {
            space.Sources.Edit(space.Root, _random);
        }
    }

    /// <summary>A workspace, and the one that shares a cache with it: they run at the same time, and each is killed at an instant of its own.</summary>
    private List<Space> Together(Space space) =>
        [space, .. _spaces.Where(other => other != space && space.Harm == Harm.Shared && other is { Harm: Harm.Shared, IsKept: false }).Take(1)];

    private List<Ending> Kill(List<Space> struck, Blow blow, bool withSteps, bool isFirst)
    {
        var victims = struck.ConvertAll(space =>
        {
            var segments = blow.NeedsCompaction || _random.Next(3) == 0 ? 1 : 200;
            TimeSpan? after = blow.Point is null ? _random.NextDouble() * struck.Count * _length : null;
            var arguments = ArgumentsOf(space, blow.Point, segments, isFirst ? _random.Next(1, 4) : 1);
            return Task.Run(() => Victim.Run(space.Ledger, arguments, after, withSteps));
        });
        var endings = Task.WhenAll(victims).GetAwaiter().GetResult().ToList();
        if (endings is [{ ExitCode: 0 } alone] && blow.Point is null)
        {
            // It was the shorter one: after an edit less is to be done.
            _length = (_length + alone.Length) / 2;
        }

        return endings;
    }

    private void Look(Space space, Ending ending, Reference reference, string where)
    {
        var damage = ending.IsKilled ? Damage.Do(space, _random) : "nothing";
        var aftermath = new Aftermath(space, reference);
        aftermath.Check(hashesFirst: _random.Next(2) == 0);
        var trouble = ending.IsHung ? "it hung" : ending.ExitCode is 0 or 137 ? null : $"it ended with {ending.ExitCode}: {ending.Errors}";
        Count(aftermath, trouble, space, $"{where}, damage: {damage}");
    }

    private void Count(Aftermath aftermath, string? trouble, Space space, string where)
    {
        List<string> wrong = [.. aftermath.Wrong, .. trouble is null ? Array.Empty<string>() : [trouble]];
        _wrong += wrong.Count;
        _lost += aftermath.Lost.Count;
        _confirmed += aftermath.IsConfirmedAtTheEnd ? 1 : 0;
        space.IsKept |= wrong.Count + aftermath.Lost.Count > 0;
        wrong.ForEach(text => output.WriteLine($"WRONG {text}\n      {where}\n      kept: {space.Root}"));
        aftermath.Lost.ForEach(text => output.WriteLine($"LOST  {text}\n      {where}\n      kept: {space.Root}"));
    }

    /// <summary>Points are passed in an undamaged workspace; a quarter of the random kills hit one where something is damaged besides, and more than a third one of two that share a cache.</summary>
    private Space SpaceFor(Blow blow)
    {
        var harm = blow.Point is not null ? Harm.None : _random.Next(8) switch { 0 => Harm.Journal, 1 => Harm.Blobs, 2 or 3 or 4 => Harm.Shared, _ => Harm.None };
        // Two workspaces share the cache.
        var known = _spaces.Where(space => space.Harm == harm).ToList();
        var found = harm == Harm.Shared && known.Count < 2 ? null : known.Count == 0 ? null : known[_random.Next(known.Count)];
        if (found is { IsKept: false, Age: < LongestLife })
        {
            return found;
        }

        if (found is not null)
        {
            _spaces.Remove(found);
            found.Dispose();
        }

        _spaces.Add(NewSpace(harm));
        return _spaces[^1];
    }

    private Space NewSpace(Harm harm) => new(_scratch, _spaceCount++, harm);

    private static string[] ArgumentsOf(Space space, string? point, int segments, int nth)
    {
        string[] always = [space.Root, space.ToldFile, segments.ToString(CultureInfo.InvariantCulture)];
        string[] atPoint = point is null ? [] : [point, nth.ToString(CultureInfo.InvariantCulture)];
        return [.. always, .. atPoint, .. space.Cache is { } cache ? new[] { StudyRun.CacheFlag, cache } : []];
    }

    private void RemoveScratchUnlessKept()
    {
        if (_wrong + _lost == 0)
        {
            Directory.Delete(_scratch, recursive: true);
        }
    }
}
