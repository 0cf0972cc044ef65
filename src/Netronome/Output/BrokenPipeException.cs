namespace Netronome.Output;

/// <summary>Whoever read standard output has closed it; the program ends quietly.</summary>
sealed class BrokenPipeException() : IOException("the reader of standard output went away");
