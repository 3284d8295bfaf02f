using System.Linq.Expressions;
using ScaleMs.Engine.Functions;
using Xunit;

namespace ScaleMs.Engine.Tests.Functions;

public sealed class FunctionCheckTests
{
    private readonly int _state = 3;

    [Fact]
    public void Check_StaticMethod_Passes() => Assert.Equal(nameof(Twice), FunctionCheck.Verify(Twice).Name);

    [Fact]
    public void Check_StaticLocalFunction_Passes()
    {
        Assert.Null(FunctionCheck.ProblemOf(Local));
        static int Local(int value) => value;
    }

    [Fact]
    public void Check_LambdaWithoutCapture_PassesAndHasADigest()
    {
        var method = FunctionCheck.Verify((int value) => value + 1);
        Assert.Contains(IlDigest.Of(method).Components, component => component.Name == "function" && component.Value.Contains("<>c~1.<Check_", StringComparison.Ordinal));
    }

    [Fact]
    public void Check_LambdaWithCaptures_NamesThem()
    {
        var scale = DateTime.UnixEpoch.Day;
        var offset = "x".Length;
        var problem = FunctionCheck.ProblemOf((int value) => (value * scale) + offset);
        Assert.Equal("this lambda captures 'offset', 'scale', which no key can hold", problem?.What);
        Assert.Contains("arguments", problem!.Try, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_LambdaInInnerScope_NamesCapturesOfAllScopes()
    {
        var outer = "x".Length;
        for (var round = 0; round < 1; round++)
        {
            var inner = round;
            var problem = FunctionCheck.ProblemOf((int value) => value + inner + outer + _state);
            Assert.Contains("'inner', 'outer', 'this' (a 'FunctionCheckTests')", problem?.What, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Check_LambdaWithThis_NamesIt() =>
        Assert.Contains("'this' (a 'FunctionCheckTests')", FunctionCheck.ProblemOf((int value) => value + _state)?.What, StringComparison.Ordinal);

    [Fact]
    public void Check_InstanceMethod_AdvisesStatic()
    {
        var problem = FunctionCheck.ProblemOf(AddState);
        Assert.Equal("'FunctionCheckTests.AddState' is an instance method, and the state of its object would not be in the key", problem?.What);
        Assert.StartsWith("make 'AddState' static", problem!.Try, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_MethodBoundToItsFirstArgument_IsRefused() =>
        Assert.Contains("bound to a value", FunctionCheck.ProblemOf((Func<int>)"abc".Length2)?.What, StringComparison.Ordinal);

    [Fact]
    public void Check_SeveralFunctions_IsRefused()
    {
        Func<int, int> one = Twice;
        Assert.Contains("several", FunctionCheck.ProblemOf(one + Twice)?.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_CompiledExpression_IsRefused()
    {
        Expression<Func<int, int>> expression = value => value + 1;
        Assert.NotNull(FunctionCheck.ProblemOf(expression.Compile()));
    }

    [Fact]
    public void Verify_Refused_SaysWhatAndWhatToDo()
    {
        var thrown = Assert.Throws<FunctionIdentityException>(() => FunctionCheck.Verify(AddState));
        Assert.Contains(thrown.Problem.What, thrown.Message, StringComparison.Ordinal);
        Assert.Contains(thrown.Problem.Try, thrown.Message, StringComparison.Ordinal);
    }

    private static int Twice(int value) => 2 * value;

    private int AddState(int value) => value + _state;
}

internal static class BoundExtensions
{
    public static int Length2(this string text) => 2 * text.Length;
}
