namespace Netronome.Server.Scheduling;

/// <summary>Scatters a seed over 64 bits, the same on every machine and in every run (the finalizer of SplitMix64).</summary>
static class SplitMix
{
    public static ulong Mix(ulong seed)
    {
        seed += 0x9E3779B97F4A7C15;
        seed = (seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9;
        seed = (seed ^ (seed >> 27)) * 0x94D049BB133111EB;
        return seed ^ (seed >> 31);
    }

    /// <summary>A name as a seed (FNV-1a over its UTF-16 code units); <see cref="string.GetHashCode()"/> differs per process.</summary>
    public static ulong Seed(string name)
    {
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var letter in name)
            hash = (hash ^ letter) * 1_099_511_628_211UL;
        return hash;
    }
}
