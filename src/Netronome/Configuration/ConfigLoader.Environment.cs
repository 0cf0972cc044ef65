using System.Text;
using Netronome.Output;

namespace Netronome.Configuration;

/// <summary>Variables: of the process, of <c>.env</c>, and the files they name.</summary>
sealed partial class ConfigLoader
{
    const int MaximumSecretBytes = 64 << 10;

    void ReadEnvironment()
    {
        var variables = new Dictionary<string, (string Value, ConfigOrigin Origin)>(StringComparer.Ordinal);
        ReadDotEnv(variables);
        // What the process was given wins over the file.
        foreach (var (name, value) in sources.Environment.Where(variable => variable.Key.StartsWith(ConfigKey.Prefix, StringComparison.Ordinal)))
            variables[name] = (value, new ConfigOrigin.Variable(name));
        foreach (var (name, (value, origin)) in variables.OrderBy(variable => variable.Key, StringComparer.Ordinal))
            ReadVariable(name, value, origin);
    }

    void ReadVariable(string name, string value, ConfigOrigin origin)
    {
        if (!ConfigKeys.ByVariable.TryGetValue(name, out var key))
        {
            var nearest = NearestName.Find(name[ConfigKey.Prefix.Length..], ConfigKeys.ByVariable.Keys.Select(known => known[ConfigKey.Prefix.Length..]));
            var reason = nearest is null ? "is an unknown variable" : $"is an unknown variable; did you mean {ConfigKey.Prefix}{nearest}?";
            faults.Add(PlaceOf(origin, name) with { Reason = reason });
            return;
        }
        if (value.Length == 0 && !(key.EmptyVariableClears && name == key.Variable))
            return;
        if (name == key.FileVariable)
        {
            if (fromEnvironment.ContainsKey(key))
                faults.Add(PlaceOf(origin, name) with { Key = key.Path, Reason = $"is set together with {key.Variable}; only one of them can be meant" });
            else
                ReadSecretFile(key, name, sources.Absolute(value));
            return;
        }
        var words = key.Shape == ConfigShape.List ? ConfigTypes.Split(value, key.SplitAtBlanks) : [key.Shape == ConfigShape.Text ? value : value.Trim()];
        Accept(fromEnvironment, key, words, origin, $"\"{value}\"", column: null);
    }

    void ReadSecretFile(ConfigKey key, string name, string path)
    {
        var origin = new ConfigOrigin.SecretFile(name, path);
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[MaximumSecretBytes + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            // Editors and echo end a file with a newline that is no part of the secret.
            var secret = Encoding.UTF8.GetString(bytes, 0, length).TrimEnd('\r', '\n');
            if (length > MaximumSecretBytes)
                faults.Add(At(origin, key, $"names {path}, which is larger than {ByteSize.Format(MaximumSecretBytes)}"));
            else if (secret.Length == 0)
                faults.Add(At(origin, key, $"names {path}, which is empty"));
            else
                Accept(fromEnvironment, key, [secret], origin, "", column: null);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            var reason = fault is FileNotFoundException or DirectoryNotFoundException ? "does not exist" : "cannot be read";
            faults.Add(At(origin, key, $"names {path}, which {reason}"));
        }
    }

    void ReadDotEnv(Dictionary<string, (string Value, ConfigOrigin Origin)> variables)
    {
        var path = Path.Combine(sources.WorkingFolder, ".env");
        string text;
        try
        {
            if (!File.Exists(path))
                return;
            if (new FileInfo(path).Length > MaximumFileBytes)
            {
                faults.Add(new($"is larger than {ByteSize.Format(MaximumFileBytes)}") { File = path });
                return;
            }
            text = File.ReadAllText(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Somebody else's .env in a working directory is no business of ours.
            notices.Add(new("cannot be read and is left out") { File = path });
            return;
        }
        DotEnvFile.Read(text, sources.Environment,
            (name, value, line) => variables[name] = (value, new ConfigOrigin.DotEnvLine(name, path, line)),
            (line, reason) => faults.Add(new(reason) { File = path, Line = line }));
    }

    static ConfigFault PlaceOf(ConfigOrigin origin, string name) => origin is ConfigOrigin.DotEnvLine line
        ? new("") { File = line.Path, Line = line.Line, Variable = name, Key = name }
        : new("") { Variable = name };
}
