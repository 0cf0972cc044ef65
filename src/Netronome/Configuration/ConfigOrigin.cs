namespace Netronome.Configuration;

/// <summary>Where a value comes from.</summary>
abstract record ConfigOrigin
{
    /// <summary>Nothing sets it.</summary>
    public sealed record BuiltIn : ConfigOrigin
    {
        public override string ToString() => "default";
    }

    /// <summary>A line of the configuration file.</summary>
    public sealed record FileLine(string Path, int Line) : ConfigOrigin
    {
        public override string ToString() => $"{Path}:{Line}";
    }

    /// <summary>An environment variable.</summary>
    public sealed record Variable(string Name) : ConfigOrigin
    {
        public override string ToString() => Name;
    }

    /// <summary>A line of the <c>.env</c> file in the working directory.</summary>
    public sealed record DotEnvLine(string Name, string Path, int Line) : ConfigOrigin
    {
        public override string ToString() => $"{Name} ({Path}:{Line})";
    }

    /// <summary>The file that a <c>…_FILE</c> variable names.</summary>
    public sealed record SecretFile(string Name, string Path) : ConfigOrigin
    {
        public override string ToString() => $"{Name} ({Path})";
    }
}
