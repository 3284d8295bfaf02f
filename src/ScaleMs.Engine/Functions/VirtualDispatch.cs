using System.Globalization;

namespace ScaleMs.Engine.Functions;

/// <summary>
/// Finds the overrides that a virtual call can lead to: in types that reached code makes, those that override or implement a reached
/// method of user code (by name and number of parameters: too many rather than too few), and all those that override something declared
/// outside user code, since a framework may call them.
/// </summary>
internal sealed class VirtualDispatch(OverrideFinder finder)
{
    private readonly HashSet<string> _called = [];
    private readonly HashSet<TypeId> _instantiated = [];
    private readonly List<Override> _waiting = [];

    public void Call(MethodId method) =>
        _called.Add(Call(method.Name, OverrideFinder.ParameterCount(method.Module, method.Definition.Signature)));

    public void Instantiate(TypeId type)
    {
        if (_instantiated.Add(type))
        {
            _waiting.AddRange(finder.In(type));
        }
    }

    /// <summary>Takes the overrides that can be called by now, in an order that follows from the walk so far.</summary>
    public IReadOnlyList<MethodId> TakeCallable()
    {
        var callable = new List<MethodId>();
        _waiting.RemoveAll(candidate =>
        {
            var isCallable = IsCallable(candidate);
            if (isCallable)
            {
                callable.Add(candidate.Method);
            }

            return isCallable;
        });
        return callable;
    }

    private static string Call(string name, int parameters) => string.Create(CultureInfo.InvariantCulture, $"{parameters} {name}");

    private bool IsCallable(Override candidate) =>
        candidate.IsDeclaredOutside || candidate.Slots.Any(slot => _called.Contains(Call(slot, candidate.Parameters)));
}
