using System.Reflection;

namespace ScaleMs.Engine.Functions;

/// <summary>
/// Digests one function with the default rule for user code. For several functions use one <see cref="IlDigester"/>: it reads each file
/// once.
/// </summary>
public static class IlDigest
{
    /// <inheritdoc cref="IlDigester.Of"/>
    public static IlDigestResult Of(MethodInfo method)
    {
        using var digester = new IlDigester();
        return digester.Of(method);
    }

    /// <inheritdoc cref="IlDigester.CacheKey"/>
    public static string CacheKey(MethodInfo method)
    {
        using var digester = new IlDigester();
        return digester.CacheKey(method);
    }
}
