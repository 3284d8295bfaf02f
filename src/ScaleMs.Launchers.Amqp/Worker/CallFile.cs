using System.Text.Json.Nodes;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Amqp.Files;

namespace ScaleMs.Launchers.Amqp.Worker;

/// <summary>The call of a function names assemblies by their places at the client; here they are elsewhere.</summary>
internal static class CallFile
{
    internal static void Rebase(string root, PathMap map)
    {
        var file = Path.Combine(root, FunctionLaunch.CallFile);
        if (File.Exists(file) && JsonNode.Parse(File.ReadAllBytes(file)) is JsonObject call)
        {
            Rebase(call, map);
            File.WriteAllText(file, call.ToJsonString());
        }
    }

    private static void Rebase(JsonNode? node, PathMap map)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                {
                    Rebase(value, map);
                    members[name] = Of(value, map);
                }

                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    Rebase(items[i], map);
                    items[i] = Of(items[i], map);
                }

                break;
        }
    }

    private static JsonNode? Of(JsonNode? node, PathMap map) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) && map.Of(text) is var here && here != text ? JsonValue.Create(here) : node;
}
