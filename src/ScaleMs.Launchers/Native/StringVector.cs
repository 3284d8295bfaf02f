using System.Runtime.InteropServices;

namespace ScaleMs.Launchers.Native;

/// <summary>A null-terminated array of UTF-8 strings, as <c>argv</c> and <c>envp</c> are.</summary>
internal sealed unsafe class StringVector : IDisposable
{
    private readonly int _count;
    private byte** _items;

    internal StringVector(IReadOnlyCollection<string> strings)
    {
        _items = (byte**)NativeMemory.AllocZeroed((nuint)strings.Count + 1, (nuint)sizeof(byte*));
        foreach (var text in strings)
        {
            _items[_count++] = (byte*)Marshal.StringToCoTaskMemUTF8(text);
        }
    }

    internal byte** Items => _items;

    public void Dispose()
    {
        if (_items is null)
        {
            return;
        }

        for (var i = 0; i < _count; i++)
        {
            Marshal.FreeCoTaskMem((nint)_items[i]);
        }

        NativeMemory.Free(_items);
        _items = null;
    }
}
