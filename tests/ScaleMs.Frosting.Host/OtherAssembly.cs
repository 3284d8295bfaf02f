using System.Reflection;
using System.Reflection.Emit;
using Cake.Frosting;

namespace ScaleMs.Frosting.Host;

/// <summary>Makes an assembly that the host knows only when it is told.</summary>
internal static class OtherAssembly
{
    public static Assembly WithTask(string name)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("Others"), typeof(object).Assembly);
        var type = assembly.DefineDynamicModule("Others").DefineType(name, TypeAttributes.Public, typeof(FrostingTask));
        type.DefineDefaultConstructor(MethodAttributes.Public);
        type.CreateType();

        using var image = new MemoryStream();
        assembly.Save(image);
        return Assembly.Load(image.ToArray());
    }
}
