namespace Netronome.Probing.Tests;

/// <summary>Tests that move bytes as fast as they can, and so would starve others or be starved: they run with nothing beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
