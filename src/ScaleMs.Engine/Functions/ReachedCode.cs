using System.Reflection;
using System.Reflection.Metadata;

namespace ScaleMs.Engine.Functions;

/// <summary>
/// One walk over all user code that a method can reach. Work is done in order of first mention, so every number that the walk gives out
/// follows from the code alone.
/// </summary>
internal sealed class ReachedCode
{
    private readonly Queue<Action> _work = new();
    private readonly HashSet<MethodId> _reachedMethods = [];
    private readonly HashSet<TypeId>[] _reachedTypes = [[], [], [], []];
    private readonly HashSet<ModuleFile> _reachedModules = [];
    private readonly Dictionary<ModuleFile, MemberTexts> _texts = [];
    private readonly Dictionary<string, string> _packages = new(StringComparer.Ordinal);
    private readonly List<CodeComponent> _components = [];
    private readonly SortedSet<string> _outside = new(StringComparer.Ordinal);
    private readonly HashSet<MethodId> _passedOn = [];
    private readonly BodyEncoder _bodies;
    private readonly TypeEncoder _types;
    private readonly VirtualDispatch _dispatch;
    private readonly UnseenCalls? _unseen;

    /// <summary>Makes a walk that has reached nothing.</summary>
    /// <param name="resolver">Finds definitions.</param>
    /// <param name="withUnseenCalls">Whether also to reach what runs although no instruction names it.</param>
    public ReachedCode(MetadataResolver resolver, bool withUnseenCalls = false)
    {
        _unseen = withUnseenCalls ? new UnseenCalls(this) : null;
        Resolver = resolver;
        Names = new ReachedNames(this, Labels, resolver);
        Surface = new JsonSurface(this);
        _bodies = new BodyEncoder(this);
        _types = new TypeEncoder(this);
        _dispatch = new VirtualDispatch(new OverrideFinder(resolver));
    }

    /// <summary>What of a type is reached; each is a step of its own.</summary>
    private enum Aspect
    {
        Layout,
        Initialiser,
        Argument,
        EnumMembers,
    }

    public MetadataResolver Resolver { get; }

    public Labels Labels { get; } = new();

    public ReachedNames Names { get; }

    public JsonSurface Surface { get; }

    public MemberTexts TextsOf(ModuleFile module)
    {
        if (!_texts.TryGetValue(module, out var texts))
        {
            _texts.Add(module, texts = new MemberTexts(module, this));
        }

        return texts;
    }

    /// <summary>Members outside user code that reached code names, as <c>Namespace.Type::Member</c>, and native methods.</summary>
    public IReadOnlyCollection<string> Outside => _outside;

    /// <summary>Code outside the user's is named.</summary>
    public void ReachOutside(string type, string member) => _outside.Add($"{type}::{member}");

    /// <summary>A method that reached code only passes on, so that its body is not reached.</summary>
    public void PassOn(MethodId method) => _passedOn.Add(method);

    /// <summary>Whether there are methods that are only passed on.</summary>
    public bool HasPassedOn => _passedOn.Count > 0;

    /// <summary>Whether a method is only passed on.</summary>
    public bool IsPassedOn(MethodId method) => _passedOn.Contains(method);

    /// <summary>Walks until nothing new is reached.</summary>
    /// <returns>Sorted by name; methods, types, enums and packages.</returns>
    public IReadOnlyList<CodeComponent> Walk()
    {
        IReadOnlyList<MethodId> overrides;
        do
        {
            while (_work.TryDequeue(out var work))
            {
                work();
            }

            overrides = _dispatch.TakeCallable();
            foreach (var method in overrides)
            {
                Reach(method);
            }
        }
        while (overrides.Count > 0);
        return [.. _components, .. _packages.Keys.Select(name => new CodeComponent($"package {name}", _packages[name]))];
    }

    /// <summary>Reaches a method's body, and what calling it starts: the static initialiser of its type.</summary>
    public void Reach(MethodId method)
    {
        if (_passedOn.Contains(method) || !_reachedMethods.Add(method))
        {
            return;
        }

        Touch(method.Owner);
        if (!BodyEncoder.HasBody(method.Definition) && (method.Definition.Attributes & MethodAttributes.Abstract) == 0)
        {
            ReachOutside("native", method.Name);
        }

        ReachInitialiser(method.Owner);
        if ((method.Definition.Attributes & MethodAttributes.Virtual) != 0)
        {
            _dispatch.Call(method);
        }

        var name = Names.Method(method);
        _work.Enqueue(() => _components.Add(new($"method {name}", _bodies.Sha256Hex(method))));
    }

    /// <summary>Reaches a type without its code.</summary>
    public void Touch(TypeId type)
    {
        if (!_reachedTypes[(int)Aspect.Layout].Add(type))
        {
            return;
        }

        var name = Labels.Type(type);
        _work.Enqueue(() => _components.Add(new($"type {name}", _types.LayoutSha256Hex(type))));
        ReachModuleInitialiser(type.Module);
        _unseen?.OfNamed(type);
        if (type.IsStruct())
        {
            // A struct comes into being without newobj: a local, a field, an element.
            Instantiate(type);
        }
    }

    public void Instantiate(TypeId type)
    {
        Touch(type);
        ReachInitialiser(type);
        _dispatch.Instantiate(type);
        _unseen?.OfMade(type);
    }

    /// <summary>
    /// Reaches a type as an argument of generic code or of reflection, which may make it, format it or call its overrides.
    /// </summary>
    public void UseAsArgument(TypeId type)
    {
        Touch(type);
        if (type.IsEnum())
        {
            ReachMembers(type);
        }
        else if (!type.IsInterface() && _reachedTypes[(int)Aspect.Argument].Add(type))
        {
            Instantiate(type);
            ReachNamed(type, ".ctor", method => OverrideFinder.ParameterCount(type.Module, method.Definition.Signature) == 0);
        }
    }

    /// <summary>Reaches the names and values of an enum.</summary>
    public void ReachMembers(TypeId type)
    {
        if (_reachedTypes[(int)Aspect.EnumMembers].Add(type))
        {
            _components.Add(new($"enum {Labels.Type(type)}", _types.MembersSha256Hex(type)));
        }
    }

    /// <summary>Reaches what runs before a static member of a type is used.</summary>
    public void ReachInitialiser(TypeId type)
    {
        if (_reachedTypes[(int)Aspect.Initialiser].Add(type))
        {
            ReachNamed(type, ".cctor", _ => true);
        }
    }

    public void Use(AssemblyOrigin.Package package) => _packages[package.Name] = package.Version;

    private void ReachModuleInitialiser(ModuleFile module)
    {
        if (_reachedModules.Add(module) && module.FindType(string.Empty, "<Module>") is { } type)
        {
            ReachInitialiser(new TypeId(module, type));
        }
    }

    private void ReachNamed(TypeId type, string name, Func<MethodId, bool> isWanted)
    {
        foreach (var handle in type.Definition.GetMethods())
        {
            var method = new MethodId(type.Module, handle);
            if (type.Module.Reader.StringComparer.Equals(method.Definition.Name, name) && isWanted(method))
            {
                Reach(method);
            }
        }
    }
}
