namespace Netronome.Configuration;

/// <summary>What setting a key does.</summary>
enum ConfigEffect
{
    /// <summary>What its meaning says.</summary>
    Active,

    /// <summary>Nothing, and nothing is missed: what the original needs it for works here without.</summary>
    Unneeded,

    /// <summary>Nothing yet: its part of the product is still to come.</summary>
    Later,

    /// <summary>Nothing, here as in the original, which reads it and never looks at it.</summary>
    Dead,

    /// <summary>It sets another key, which is to be used instead.</summary>
    Deprecated,

    /// <summary>Nothing: the original dropped it.</summary>
    Removed,
}
