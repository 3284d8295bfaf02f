namespace ScaleMs;

/// <summary>What files among arguments mean while these are written or read: declarations of a step, or files in a directory.</summary>
/// <remarks>Converters are shared by all calls and told nothing but the value, so the scope is found through the thread.</remarks>
internal sealed class FileScope : IDisposable
{
    private const string InputFolder = "in/";

    [ThreadStatic]
    private static FileScope? _current;

    private readonly FileScope? _outer = _current;
    private readonly Step? _step;
    private readonly string _directory;
    private readonly string _parameter;
    private int _count;

    private FileScope(Step? step, string directory, string parameter)
    {
        (_step, _directory, _parameter) = (step, directory, parameter);
        _current = this;
    }

    private static FileScope Current => _current ?? throw new NotSupportedException("Files are written only as arguments of a step.");

    /// <summary>Files that are written are declared by a step, named after a parameter.</summary>
    public static FileScope Declaring(Step step, string parameter) => new(step, string.Empty, parameter);

    /// <summary>Files that are read are those of a directory.</summary>
    public static FileScope Reading(string directory) => new(null, directory, string.Empty);

    public static string NameOf(InputFile file)
    {
        if (file.Name is { } name)
        {
            return name;
        }

        var scope = Current;
        var declared = scope.NextName(file.Extension);
        file.Declare!(scope.Step, declared);
        return declared;
    }

    public static string NameOf(OutputFile file)
    {
        file.Declare?.Invoke(Current.Step);
        return file.Name;
    }

    public static InputFile Input(string name) => InputFile.In(Current._directory, name);

    public static OutputFile Output(string name) => OutputFile.In(Current._directory, name);

    /// <summary>A secret among arguments is declared by the step; outside of them it is only named.</summary>
    public static string TextOf(Secret secret)
    {
        if (_current is not { } scope)
        {
            return secret.ToString();
        }

        if (secret.Source is not null)
        {
            scope.Step.SecretArgument(secret);
        }

        return secret.Name;
    }

    public static Secret Secret(string name) =>
        _current is null ? throw new NotSupportedException("Secrets are read only as arguments of a step.") : ScaleMs.Secret.Given(name);

    public void Dispose() => _current = _outer;

    private Step Step => _step ?? throw new NotSupportedException("A file cannot be returned; give the function an OutputFile.");

    /// <summary>Not the name that the producer gave it: that one may change without a difference to this step.</summary>
    private string NextName(string extension) =>
        _count++ == 0 ? $"{InputFolder}{_parameter}{extension}" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{InputFolder}{_parameter}-{_count}{extension}");
}
