using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Netronome.Server.Logging;

/// <summary>Writes one event in each of the forms.</summary>
static class LogLine
{
    static readonly JsonWriterOptions JsonOptions = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The event as text, with its newline.</summary>
    public static string Write(LogFormat format, in LogEvent logged) => format switch
    {
        LogFormat.Json => Json(logged),
        LogFormat.Journald => Journald(logged),
        _ => Logfmt(logged),
    };

    static string Logfmt(in LogEvent logged)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"time={Time(logged.At)} level={Level(logged.Level)} logger={logged.Logger} msg=");
        AppendQuoted(text, logged.Message);
        foreach (var (key, value) in logged.Values)
        {
            text.Append(' ').Append(Name(key)).Append('=');
            AppendQuoted(text, Text(value));
        }
        if (logged.Exception is { } exception)
        {
            text.Append(" error=");
            AppendQuoted(text, exception.ToString());
        }
        return text.Append('\n').ToString();
    }

    // The journal takes every line as an event of its own: the further lines of an exception get the level too.
    static string Journald(in LogEvent logged)
    {
        var prefix = logged.Level switch
        {
            LogLevel.Critical => "<2>",
            LogLevel.Error => "<3>",
            LogLevel.Warning => "<4>",
            LogLevel.Information => "<6>",
            _ => "<7>",
        };
        var whole = logged.Exception is { } exception ? $"{logged.Logger}: {logged.Message}\n{exception}" : $"{logged.Logger}: {logged.Message}";
        var text = new StringBuilder();
        foreach (var line in whole.AsSpan().EnumerateLines())
            text.Append(prefix).Append(line).Append('\n');
        return text.ToString();
    }

    static string Json(in LogEvent logged)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonOptions))
        {
            json.WriteStartObject();
            json.WriteString("time", Time(logged.At));
            json.WriteString("level", Level(logged.Level));
            json.WriteString("logger", logged.Logger);
            json.WriteString("msg", logged.Message);
            foreach (var (key, value) in logged.Values)
                WriteValue(json, Name(key), value);
            if (logged.Exception is { } exception)
                json.WriteString("error", exception.ToString());
            json.WriteEndObject();
        }
        buffer.WriteByte((byte)'\n');
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    static void WriteValue(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null: json.WriteNull(name); break;
            case bool flag: json.WriteBoolean(name, flag); break;
            case int number: json.WriteNumber(name, number); break;
            case long number: json.WriteNumber(name, number); break;
            case double number when double.IsFinite(number): json.WriteNumber(name, number); break;
            default: json.WriteString(name, Text(value)); break;
        }
    }

    static void AppendQuoted(StringBuilder text, string value)
    {
        if (value.Length > 0 && value.All(letter => letter is > ' ' and not ('"' or '=' or '\\' or '\x7F')))
        {
            text.Append(value);
            return;
        }
        text.Append('"');
        foreach (var letter in value)
        {
            _ = letter switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' or '\x7F' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
                _ => text.Append(letter),
            };
        }
        text.Append('"');
    }

    static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    static string Name(string key) => key.Length > 0 && char.IsAsciiLetterUpper(key[0]) ? char.ToLowerInvariant(key[0]) + key[1..] : key;

    static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "error",
        _ => "fatal",
    };
}
