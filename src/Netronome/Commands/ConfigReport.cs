using Netronome.Configuration;

namespace Netronome.Commands;

/// <summary>What <c>config check --json</c> prints.</summary>
/// <param name="Ok">There is no fault.</param>
/// <param name="File">The file that was read; absent when there is none.</param>
/// <param name="Faults">Everything wrong.</param>
/// <param name="Notices">Everything accepted that may not do what its writer expects.</param>
sealed record ConfigReport(bool Ok, string? File, IReadOnlyList<ConfigFault> Faults, IReadOnlyList<ConfigFault> Notices);

/// <summary>One value of <c>config show --json</c>.</summary>
/// <param name="Key">Section and name.</param>
/// <param name="Value">As the file would write it; a secret is masked.</param>
/// <param name="Origin">Where it comes from.</param>
sealed record ConfigShownValue(string Key, string Value, string Origin);
