using System.Collections;
using System.Globalization;
using System.Reflection;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;

namespace ScaleMs.Store.Tests.Definitions;

/// <summary>Takes a declaration apart by reflection: a part that is added later is seen without a word here.</summary>
internal static class Parts
{
    private const BindingFlags Anywhere = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Everything that a value holds, also what nobody can ask it for; two texts are equal only if the values are.</summary>
    public static string Describe(object? value) => value switch
    {
        null => "null",
        string text => $"'{string.Join('.', text.Select(character => ((int)character).ToString("x4", CultureInfo.InvariantCulture)))}'",
        Delegate => "code",
        ContentIdentity rule => $"{rule.GetType().Name}({Describe(rule.Name)}, {rule.Version}, {Describe(rule.ShellFilter)})",
        StepId step => $"{Describe(step.Task)}/{Describe(step.Step)}[{Describe(step.Member)}]",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        bool flag => flag.ToString(),
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Describe))}]",
        _ => $"{value.GetType().Name} {{ {string.Join(", ", Fields(value.GetType()).Select(field => $"{field.Name} = {Describe(field.GetValue(value))}"))} }}",
    };

    /// <summary>A value of the model and all that it is made of, each with the property or the list that holds it.</summary>
    public static IEnumerable<(string Holder, object? Value)> Walk(object? value, string holder) =>
        ((IEnumerable<(string, object?)>)[(holder, value)]).Concat(value switch
        {
            null or string => [],
            IEnumerable items => items.Cast<object?>().SelectMany(item => Walk(item, holder + "[]")),
            _ when IsOfModel(value.GetType()) => Stored(value.GetType()).SelectMany(property => Walk(property.GetValue(value), $"{value.GetType().Name}.{property.Name}")),
            _ => [],
        });

    /// <summary>The properties that hold something of their own.</summary>
    public static IEnumerable<PropertyInfo> Stored(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is not null);

    private static bool IsOfModel(Type type) => type.Assembly == typeof(StepInstance).Assembly && !type.IsEnum && !typeof(ContentIdentity).IsAssignableFrom(type);

    private static IEnumerable<FieldInfo> Fields(Type? type) =>
        type is null ? [] : Fields(type.BaseType).Concat(type.GetFields(Anywhere | BindingFlags.DeclaredOnly));
}
