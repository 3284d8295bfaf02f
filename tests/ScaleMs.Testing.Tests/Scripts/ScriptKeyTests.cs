using System.Collections;
using System.Reflection;
using Cake.Core;
using ScaleMs.Scripting;
using Xunit;

namespace ScaleMs.Testing.Tests.Scripts;

/// <summary>What a script says is what a class says: the same keys, so that one takes the other's results.</summary>
public sealed class ScriptKeyTests
{
    private static readonly int[] Members = [1, 2];

    [Fact]
    public void Step_DeclaredByAClassAndByAScript_HasOneKey()
    {
        var expected = KeysOf(WorkflowTest.Of(InCSharp));
        Assert.Equal(expected, KeysOf(WorkflowTest.OfScript("all", InAScript)));
        Assert.Equal(3, expected.Count);
    }

    [Fact]
    public void Members_OfOneStep_ShareNothingThatIsChangedInPlace()
    {
        Definitions.OfScript("s", [], new SimulatedHost().Disk, (context, _) =>
        {
            var whole = context.Step("s").Inputs("a.txt").Command("a").Command("b").OutputTo("o").Output("o").Environment("E", "1").Pass("P").Parameter("p", 1).Token("t").Checkpoint("c");
            var members = whole.ForEach("n", Members, (step, _) => step);
            Assert.All(typeof(Step).GetFields(BindingFlags.Instance | BindingFlags.NonPublic), field => AssertSeparate(field, members[0].Handles, members[1].Handles));
        });
    }

    private static void AssertSeparate(FieldInfo field, Step one, Step other)
    {
        var value = field.GetValue(one);
        var isChangedInPlace = value is IDictionary or IList and not Array || (value?.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(SortedSet<>));
        Assert.False(isChangedInPlace && !IsFixed(value!) && ReferenceEquals(value, field.GetValue(other)), $"{field.Name} is shared");
        if (field.FieldType.Name.StartsWith("Declared", StringComparison.Ordinal) && field.FieldType.GetField("_items", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(value) is Array { Length: > 0 } items)
        {
            Assert.Equal(items.Length, field.FieldType.GetProperty("Count")!.GetValue(value));
            Assert.Equal(true, field.FieldType.GetField("_isShared", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(value));
        }
    }

    /// <summary>Lists of the model that a declaration replaces whole.</summary>
    private static bool IsFixed(object value) => value is IList { IsReadOnly: true } or IList { IsFixedSize: true };

    private static void InCSharp(StepBuilder steps)
    {
        var each = steps.ForEach("n", Members, n => n, (member, n) => member.Step("each")
            .Tool("head").Environment("COMMON", "1").Environment("OWN", $"{n}")
            .Input($"in/{n}.txt", new SourceFile($"in/{n}.txt"))
            .Template("run.mdp", new SourceFile("run.mdp"), new { Temperature = 300 })
            .Run("head", $"in/{n}.txt").OutputTo("out")
            .Output("out", publish: $"out/{n}.txt")
            .Resources(cpus: 2, memory: "1 GiB"));
        steps.Step("all").Input("1", each[0].Handles.File("out")).Input("2", each[1].Handles.File("out"))
            .Tool("cat").Run("cat", "1", "2").Output("all.txt", publish: "all.txt").SucceedsWhen(rule => rule.FileExists("all.txt"));
    }

    private static void InAScript(ICakeContext context, Func<string, CakeTaskBuilder> task)
    {
        var each = context.Step("each").Environment("COMMON", "1").Template("run.mdp", context.Source("run.mdp"), new { Temperature = 300 })
            .ForEach("n", Members, (step, n) => step
                .Inputs($"in/{n}.txt").Environment("OWN", $"{n}").Command("head", $"in/{n}.txt").OutputTo("out").Output("out", publish: $"elsewhere/{n}.txt"));
        context.Step("all").Inputs(n => $"{n}", each.Files("out")).Command("cat", "1", "2").Outputs("all.txt").SucceedsWhen(rule => rule.FileExists("all.txt"));
    }

    private static List<string> KeysOf(WorkflowTest study)
    {
        study.Holds("in/1.txt", "1").Holds("in/2.txt", "2").Holds("run.mdp", "ref_t = @Temperature@\n");
        return [.. study.Run().Run.Results.OrderBy(result => result.Id.Step + result.Id.Member, StringComparer.Ordinal).Select(result => result.Key!.ToString()!)];
    }
}
