namespace Netronome.Configuration;

/// <summary>Why a configuration is refused, or what is to be known about it.</summary>
/// <param name="Reason">What is said of the key or the file, without a full stop: "is above 65535".</param>
sealed record ConfigFault(string Reason)
{
    /// <summary>The file it is in; null for a variable.</summary>
    public string? File { get; init; }

    /// <summary>Line in the file, from 1; null when the file as a whole is meant.</summary>
    public int? Line { get; init; }

    /// <summary>Character in the line, from 1.</summary>
    public int? Column { get; init; }

    /// <summary>The environment variable it is in.</summary>
    public string? Variable { get; init; }

    /// <summary>Path of the key.</summary>
    public string? Key { get; init; }

    /// <summary>The refused value as it is written; never a secret's.</summary>
    public string? Value { get; init; }

    /// <summary>One line: place, key and value, reason.</summary>
    public override string ToString()
    {
        var place = File is null ? Variable : Line is null ? File : Column is null ? $"{File}:{Line}" : $"{File}:{Line}:{Column}";
        var subject = Value is null ? Key : $"{Key} = {Value}";
        if (subject is null)
            return File is null ? $"{place} {Reason}" : $"{place}: {Reason}";
        return $"{place}: {subject} {Reason}";
    }
}
