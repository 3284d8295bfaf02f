namespace System;

/// <summary>What the compiler asks for where a list is matched; netstandard2.0 has none.</summary>
/// <param name="value">The place, from 0.</param>
/// <param name="fromEnd">Whether it is counted from the end.</param>
internal readonly struct Index(int value, bool fromEnd = false)
{
    public int GetOffset(int length) => fromEnd ? length - value : value;
}
