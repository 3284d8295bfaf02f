using System.Reflection.Metadata;

namespace ScaleMs.Engine.Functions;

/// <summary>The operands of IL instructions (ECMA-335, partition III).</summary>
internal static class Operands
{
    /// <summary>Stands for a metadata token of four bytes.</summary>
    public const int Token = -1;

    /// <summary>Stands for the table of a switch: a count, then that many offsets.</summary>
    public const int Table = -2;

    /// <summary>The size of an opcode's operand in bytes, or <see cref="Token"/> or <see cref="Table"/>.</summary>
    public static int SizeOf(ILOpCode code) => code.IsBranch() ? code.GetBranchOperandSize() : code switch
    {
        ILOpCode.Ldarg_s or ILOpCode.Ldarga_s or ILOpCode.Starg_s or ILOpCode.Ldloc_s or ILOpCode.Ldloca_s or ILOpCode.Stloc_s
            or ILOpCode.Ldc_i4_s or ILOpCode.Unaligned or (ILOpCode)0xFE19 => 1,
        ILOpCode.Ldarg or ILOpCode.Ldarga or ILOpCode.Starg or ILOpCode.Ldloc or ILOpCode.Ldloca or ILOpCode.Stloc => 2,
        ILOpCode.Ldc_i4 or ILOpCode.Ldc_r4 => 4,
        ILOpCode.Ldc_i8 or ILOpCode.Ldc_r8 => 8,
        ILOpCode.Switch => Table,
        ILOpCode.Jmp or ILOpCode.Call or ILOpCode.Calli or ILOpCode.Callvirt or ILOpCode.Newobj or ILOpCode.Ldftn or ILOpCode.Ldvirtftn
            or ILOpCode.Ldfld or ILOpCode.Ldflda or ILOpCode.Stfld or ILOpCode.Ldsfld or ILOpCode.Ldsflda or ILOpCode.Stsfld
            or ILOpCode.Ldstr or ILOpCode.Ldtoken or ILOpCode.Castclass or ILOpCode.Isinst
            or ILOpCode.Box or ILOpCode.Unbox or ILOpCode.Unbox_any
            or ILOpCode.Cpobj or ILOpCode.Ldobj or ILOpCode.Stobj or ILOpCode.Initobj or ILOpCode.Constrained or ILOpCode.Sizeof
            or ILOpCode.Newarr or ILOpCode.Ldelem or ILOpCode.Stelem or ILOpCode.Ldelema
            or ILOpCode.Mkrefany or ILOpCode.Refanyval => Token,
        _ => 0,
    };
}
