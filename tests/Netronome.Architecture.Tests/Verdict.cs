namespace Netronome.Architecture.Tests;

/// <summary>Fails with every fault on a line of its own; the collection asserts cut them short.</summary>
static class Verdict
{
    internal static void Clean<T>(IEnumerable<T> faults)
    {
        var lines = faults.Select(fault => $"\n  {fault}").Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(lines.Count == 0, $"{lines.Count} fault(s):{string.Concat(lines)}");
    }
}
