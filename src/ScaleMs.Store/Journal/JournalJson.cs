using System.Text.Json.Serialization;
using ScaleMs.Core.Records;

namespace ScaleMs.Store.Journal;

/// <summary>The JSON form of the journal's payloads, generated at build time.</summary>
/// <remarks>A member that this version does not know is an error: reading past it would drop it for good at the next compaction.</remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectRequiredConstructorParameters = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    Converters = [typeof(DigestConverter), typeof(ActionKeyConverter), typeof(StepIdConverter), typeof(ArtifactPathConverter)])]
[JsonSerializable(typeof(IntentRecord))]
[JsonSerializable(typeof(ActionResult))]
[JsonSerializable(typeof(StepStateRecord))]
[JsonSerializable(typeof(FileFactRecord))]
[JsonSerializable(typeof(PublishedRecord))]
[JsonSerializable(typeof(UnpublishedRecord))]
[JsonSerializable(typeof(ToolFactRecord))]
[JsonSerializable(typeof(RunRecord))]
[JsonSerializable(typeof(JournalEntry.Opened))]
[JsonSerializable(typeof(BlobFact))]
[JsonSerializable(typeof(JournalEntry.Synced))]
[JsonSerializable(typeof(JournalEntry.Closed))]
internal sealed partial class JournalJson : JsonSerializerContext;
