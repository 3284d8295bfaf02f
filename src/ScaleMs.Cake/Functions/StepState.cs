using System.Text.Json;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Launchers.Native;

namespace ScaleMs;

/// <summary>What a function step that runs always keeps between its runs: a parameter of the function, which the engine fills.</summary>
/// <remarks>A definition passes <see cref="Kept"/>. What is written counts when the step succeeds.</remarks>
public sealed class StepState
{
    private readonly string? _directory;

    /// <summary>Makes one for a directory, as tests of functions do.</summary>
    /// <param name="directory">The directory's absolute path: what is kept is read there from <c>state.json</c> and written to <c>next-state.json</c>.</param>
    public StepState(string directory) => _directory = directory;

    private StepState()
    {
    }

    /// <summary>The argument of a definition: the step's own state.</summary>
    public static StepState Kept { get; } = new();

    private string Directory => _directory ?? throw new InvalidOperationException("A state is there only inside the function that it is given to.");

    /// <summary>Reads what the step kept when it last succeeded.</summary>
    /// <typeparam name="T">A type that System.Text.Json reads from an object.</typeparam>
    /// <returns>The value; what an empty object is read as when nothing was kept.</returns>
    public T Read<T>()
    {
        var file = Path.Combine(Directory, FunctionLaunch.StateFile);
        return JsonSerializer.Deserialize<T>(File.Exists(file) ? File.ReadAllText(file) : KeptStates.None, FunctionJson.Options)!;
    }

    /// <summary>Says what to keep; the last call counts.</summary>
    /// <typeparam name="T">A type that System.Text.Json writes as an object.</typeparam>
    /// <param name="state">The value, at most 64 KiB of JSON.</param>
    public void Write<T>(T state) =>
        FreshFile.Write(Path.Combine(Directory, FunctionLaunch.NextStateFile), JsonSerializer.Serialize(state, FunctionJson.Options));
}
