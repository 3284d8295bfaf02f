using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScaleMs;

/// <summary>What a function step returns: a handle in the definition, the value in a function that gets it as an argument.</summary>
/// <typeparam name="T">The value's type.</typeparam>
/// <remarks>The value travels as a JSON file, so a function that gets it runs again only when that file's content is another.</remarks>
[JsonConverter(typeof(ResultJsonFactory))]
public sealed class Result<T>
{
    private readonly Step? _step;
    private readonly Lazy<T>? _value;

    internal Result(Step step) => _step = step;

    internal Result(InputFile file)
    {
        Read = file;
        _value = new Lazy<T>(() => JsonSerializer.Deserialize<T>(file.ReadText(), FunctionJson.Options)!);
    }

    /// <summary>The step that makes it, to be described further.</summary>
    /// <exception cref="InvalidOperationException">Read inside a function.</exception>
    public Step Step => _step ?? throw new InvalidOperationException("Only a definition knows the step that makes a result; a function has its value.");

    /// <summary>The file that holds it, for steps that read JSON themselves.</summary>
    /// <exception cref="InvalidOperationException">Read inside a function.</exception>
    public Artifact File => Step.File(FunctionJson.ResultFile);

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">Read in a definition, where nothing has run yet.</exception>
    public T Value => _value is { } value ? value.Value : throw new InvalidOperationException("A result has a value only inside a function that it is given to.");

    /// <summary>Its file in a function; null in a definition.</summary>
    internal InputFile? Read { get; }

    /// <summary>Publishes the file that holds the value.</summary>
    /// <param name="path">Where, relative to the workspace.</param>
    /// <returns>This result.</returns>
    public Result<T> Publish(string path)
    {
        Step.PublishResult(path);
        return this;
    }
}
