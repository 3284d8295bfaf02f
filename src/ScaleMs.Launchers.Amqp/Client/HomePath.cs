namespace ScaleMs.Launchers.Amqp.Client;

/// <summary>Paths of a profile that begin with <c>~/</c> or a variable, as this machine means them.</summary>
internal static class HomePath
{
    internal static string Of(string text, Func<string, string?> variable)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? text : text[..slash];
        var name = first == "~" ? "HOME" : first.StartsWith('$') ? first.Trim('$', '{', '}') : string.Empty;
        return name.Length == 0 ? text : (variable(name) ?? throw new ArgumentException($"'{text}' begins with the variable '{name}', which is not set")) + text[first.Length..];
    }
}
