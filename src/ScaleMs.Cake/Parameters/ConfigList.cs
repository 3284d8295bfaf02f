using System.Text.Json;

namespace ScaleMs;

/// <summary>The list of <c>--config-show</c>: what a workflow is given from outside, and from where. Of secrets it knows no value.</summary>
internal static class ConfigList
{
    private static readonly string[] s_titles = ["name", "value", "origin", "default", "may be", "description"];

    /// <summary>Writes the parameters and secrets of some contexts.</summary>
    public static void Write(TextWriter output, IEnumerable<ScaleMsContext> contexts, bool isJson)
    {
        var all = contexts.ToList();
        var parameters = all.SelectMany(context => context.Parameters.Declared).DistinctBy(parameter => parameter.Name, StringComparer.Ordinal).ToList();
        var secrets = all.SelectMany(context => context.Secrets.All).DistinctBy(secret => secret.Name, StringComparer.Ordinal).ToList();
        if (isJson)
        {
            WriteJson(output, parameters, secrets);
        }
        else
        {
            WriteTable(output, parameters, secrets);
        }
    }

    private static void WriteTable(TextWriter output, List<ParameterInfo> parameters, List<Secret> secrets)
    {
        string[][] rows =
        [
            s_titles,
            .. parameters.Select(parameter => new[] { parameter.Name, parameter.Value, parameter.Origin, parameter.Default, parameter.Range, parameter.Description }),
            .. secrets.Select(secret => new[] { secret.Name, "(secret)", secret.Source!.ToString()!, string.Empty, $"version {secret.Version}", string.Empty }),
        ];
        var widths = s_titles.Select((_, column) => rows.Max(row => row[column].Length)).ToList();
        foreach (var row in rows)
        {
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }

    private static void WriteJson(TextWriter output, List<ParameterInfo> parameters, List<Secret> secrets)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            WriteAll(writer, "parameters", parameters, parameter =>
                [("name", parameter.Name), ("value", parameter.Value), ("unit", parameter.Unit), ("origin", parameter.Origin), ("default", parameter.Default), ("range", parameter.Range), ("description", parameter.Description)]);
            WriteAll(writer, "secrets", secrets, secret => [("name", secret.Name), ("version", secret.Version), ("source", secret.Source!.ToString()!)]);
            writer.WriteEndObject();
        }

        output.WriteLine(System.Text.Encoding.UTF8.GetString(bytes.ToArray()));
    }

    private static void WriteAll<T>(Utf8JsonWriter writer, string name, List<T> rows, Func<T, (string Name, string Value)[]> cells)
    {
        writer.WriteStartArray(name);
        foreach (var row in rows)
        {
            writer.WriteStartObject();
            foreach (var (cell, value) in cells(row))
            {
                writer.WriteString(cell, value);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
