namespace Netronome.Configuration;

/// <summary>What came of reading a configuration.</summary>
/// <param name="Config">The values; with faults, those that could be read and the defaults of the others.</param>
/// <param name="Faults">Everything that is wrong; nothing may start unless it is empty.</param>
/// <param name="Notices">What is accepted and yet does not do what its writer may expect.</param>
sealed record ConfigReading(NetronomeConfig Config, IReadOnlyList<ConfigFault> Faults, IReadOnlyList<ConfigFault> Notices);
