namespace Netronome.Interop.Tests;

/// <summary>A folder of its own for one test, removed with all that is in it.</summary>
sealed class TempFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("netronome-test-").FullName;

    /// <summary>The path of a file in the folder, whether it exists or not.</summary>
    internal string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
