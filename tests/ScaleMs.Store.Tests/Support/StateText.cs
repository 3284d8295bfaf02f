using System.Buffers;
using System.Text;
using ScaleMs.Core.Records;
using ScaleMs.Store.Journal;

namespace ScaleMs.Store.Tests.Support;

/// <summary>A state as text, so that two states can be compared by value: records hold lists, which compare by reference.</summary>
internal static class StateText
{
    public static string Of(StoreState state)
    {
        var maps = state.Snapshot().Where(record => record is not (RunRecord or IntentRecord)).Select(Of).Order(StringComparer.Ordinal);
        var intents = state.Results.Keys.Concat(state.Steps.Values.Select(step => step.Key)).Concat(Enumerable.Range(0, 12).Select(Sample.Key)).Distinct()
            .SelectMany(key => Enumerable.Range(0, 12).SelectMany(step => state.OpenIntents(Sample.Step(step), key)))
            .Select(Of).Order(StringComparer.Ordinal);
        return string.Join('\n', maps.Concat(intents).Concat(state.Runs.Select(Of)).Append($"count {state.Count}"));
    }

    public static string Of(IEnumerable<StoreRecord> records)
    {
        var state = new StoreState();
        foreach (var record in records)
        {
            state.Apply(record);
        }

        return Of(state);
    }

    public static string Of(StoreRecord record)
    {
        var payload = new ArrayBufferWriter<byte>();
        EntryCodec.Write(new JournalEntry.Fact(record), payload);
        return Encoding.UTF8.GetString(payload.WrittenSpan);
    }
}
