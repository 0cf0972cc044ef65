namespace Netronome.TestLab;

/// <summary>The lab could not be built or a tool inside it failed; the message says which and why.</summary>
public sealed class LabException(string message) : Exception(message);
