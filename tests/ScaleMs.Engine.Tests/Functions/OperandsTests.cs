using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using ScaleMs.Engine.Functions;
using Xunit;

namespace ScaleMs.Engine.Tests.Functions;

public sealed class OperandsTests
{
    [Fact]
    public void Operands_EveryOpcode_AgreeWithTheFramework()
    {
        var opcodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(constant => (OpCode)constant.GetValue(null)!)
            .Where(opcode => opcode.OpCodeType != OpCodeType.Nternal)
            .ToList();
        Assert.True(opcodes.Count > 200);
        Assert.All(opcodes, opcode => Assert.Equal(Expected(opcode.OperandType), Operands.SizeOf((ILOpCode)unchecked((ushort)opcode.Value))));
    }

    private static int Expected(OperandType type) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineBrTarget or OperandType.InlineI or OperandType.ShortInlineR => 4,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => Operands.Table,
        _ => Operands.Token,
    };
}
