namespace ScaleMs.Engine.Functions;

/// <summary>Members outside user code that depend on nothing but what they are given, or on what a run's circumstances name.</summary>
/// <remarks>
/// A list of what is known, not of what is forbidden: a member that is missing here only costs the shortcut. Culture, processor
/// count and working directory are part of the circumstances; environment variables are read through the context.
/// </remarks>
internal static class PureMembers
{
    /// <summary>Namespaces and types (with <c>::</c>) all of whose members are pure; compared as prefixes.</summary>
    private static readonly string[] s_prefixes =
    [
        "System.Collections.Generic.", "System.Collections.Immutable.ImmutableArray", "System.Collections.Immutable.ImmutableList", "System.Collections.Immutable.ImmutableSorted", "System.Collections.ObjectModel.", "System.Collections.IEnumera", "System.Collections.ICollection::", "System.Collections.IList::", "System.Collections.IComparer::", "System.Collections.IStructural", "System.Linq.Enumerable::", "System.Linq.IGrouping",
        "System.Linq.IOrderedEnumerable", "System.Linq.ILookup", "System.Linq.Lookup", "System.Text.StringBuilder", "System.Text.RegularExpressions.", "System.Text.CompositeFormat", "System.Globalization.",
        "System.Runtime.CompilerServices.", "System.Numerics.", "System.Diagnostics.CodeAnalysis.",
        "System.String", "System.Char::", "System.Boolean::", "System.Byte::", "System.SByte::", "System.Int16::", "System.UInt16::", "System.Int32::", "System.UInt32::", "System.Int64::", "System.UInt64::", "System.Int128::",
        "System.Double::", "System.Single::", "System.Decimal::", "System.Half::", "System.Math::", "System.MathF::", "System.Convert::", "System.BitConverter::", "System.FormattableString::",
        "System.Array::", "System.ArraySegment`1::", "System.Span`1::", "System.ReadOnlySpan`1::", "System.Memory`1::", "System.ReadOnlyMemory`1::", "System.MemoryExtensions::", "System.Index::", "System.Range::", "System.Buffer::",
        "System.Nullable", "System.Tuple", "System.ValueTuple", "System.Func`", "System.Action", "System.Predicate`", "System.Converter`", "System.Comparison`", "System.Lazy`", "System.Delegate::Combine", "System.Delegate::Remove", "System.Delegate::op_", "System.MulticastDelegate::op_",
        "System.Enum::", "System.Uri::", "System.Version::", "System.TimeSpan::", "System.IDisposable::", "System.IEquatable`1::", "System.IComparable", "System.IFormattable::", "System.ISpanFormattable::", "System.Attribute::.ctor",
        "System.Collections.Comparer::", "System.Collections.Hashtable::.ctor", "System.Collections.Hashtable::Add", "System.Collections.Hashtable::set_Item", "System.Runtime.InteropServices.CollectionsMarshal::", "System.AppContext::GetData", "System.StringComparer::", "System.ValueType::", "System.Type::GetTypeFromHandle", "System.Reflection.MemberInfo::get_Name", "System.Type::op_",
        "System.Object::.ctor", "System.Object::GetHashCode", "System.Object::Equals", "System.Object::ToString", "System.Object::GetType", "System.Object::ReferenceEquals", "System.Object::MemberwiseClone", "System.Object::Finalize",
        "System.Environment::get_NewLine", "System.Environment::get_ProcessorCount", "System.Exception::get_Message",
        // Asked by every iterator, to see whether it may be its own enumerator; it changes no result.
        "System.Environment::get_CurrentManagedThreadId",
        "System.DateTime::.ctor", "System.DateOnly::.ctor",
        "System.IO.Path::Combine", "System.IO.Path::GetFileName", "System.IO.Path::GetExtension", "System.IO.Path::GetDirectoryName", "System.IO.Path::ChangeExtension", "System.IO.Path::Join", "System.IO.Path::HasExtension", "System.IO.Path::GetRelativePath", "System.IO.Path::GetFullPath",
        "System.Xml.Linq.XDocument::Parse", "System.Xml.Linq.XDocument::get_", "System.Xml.Linq.XContainer::", "System.Xml.Linq.XElement::get_", "System.Xml.Linq.XElement::Attribute", "System.Xml.Linq.XAttribute::get_", "System.Xml.Linq.XName::get_", "System.Xml.Linq.XName::op_Implicit", "System.Xml.IXmlLineInfo::get_",
        "System.Security.Cryptography.SHA256::HashData", "System.Text.Encoding::get_UTF8", "System.Text.Encoding::GetBytes", "System.Text.Encoding::GetString",
        "Cake.Frosting.FrostingContext::.ctor", "Cake.Frosting.FrostingTask", "Cake.Frosting.AsyncFrostingTask", "Cake.Frosting.CakeHost::.ctor", "Cake.Frosting.CakeHost::AddAssembly", "Cake.Frosting.CakeHost::Create",
        "Cake.Frosting.CakeHostExtensions::UseContext", "Cake.Core.ICakeContext::get_Arguments", "Cake.Core.ICakeArguments::", "Cake.Core.ArgumentExtensions::",
    ];

    public static bool Has(string member) =>
        (Array.Exists(s_prefixes, prefix => member.StartsWith(prefix, StringComparison.Ordinal)) || IsException(member) || IsDeclaring(member)) && !IsAmbient(member);

    /// <summary>What a workflow is declared with: whatever it reads from outside is recorded there. The files of a running step are not of it.</summary>
    private static bool IsDeclaring(string member) =>
        member.StartsWith("ScaleMs.", StringComparison.Ordinal) && !member.StartsWith("ScaleMs.StepFiles::", StringComparison.Ordinal)
            && (member.IndexOf('.', "ScaleMs.".Length) is var dot && (dot < 0 || member[dot - 1] == ':')
            || member.StartsWith("ScaleMs.Core.Identity.", StringComparison.Ordinal) || member.StartsWith("ScaleMs.Core.Model.", StringComparison.Ordinal) || member.StartsWith("ScaleMs.Core.Digests.", StringComparison.Ordinal));

    private static bool IsException(string member) =>
        member.StartsWith("System.", StringComparison.Ordinal) && (member.Contains("Exception::.ctor", StringComparison.Ordinal) || member.Contains("Exception::Throw", StringComparison.Ordinal));

    /// <summary>Members of allowed types that answer differently each time; a time without a date is taken for one of today.</summary>
    private static bool IsAmbient(string member) =>
        member.Contains("::get_Now", StringComparison.Ordinal) || member.Contains("::get_UtcNow", StringComparison.Ordinal) || member.Contains("::get_Today", StringComparison.Ordinal)
        || member.EndsWith("::Shuffle", StringComparison.Ordinal) || member is "System.Convert::ToDateTime" or "System.Convert::ChangeType";
}
