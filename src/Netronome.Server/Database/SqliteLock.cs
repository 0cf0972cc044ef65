namespace Netronome.Server.Database;

/// <summary>
/// Keeps a second server away: an exclusive lock of the operating system on <c>&lt;database&gt;.lock</c>, which the kernel releases
/// when the process ends, however it ends. The file stays; only the lock counts.
/// </summary>
sealed class SqliteLock : IDisposable
{
    readonly FileStream file;

    SqliteLock(FileStream file) => this.file = file;

    internal static SqliteLock Take(string path)
    {
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
            };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            return new(new(path + ".lock", options));
        }
        catch (UnauthorizedAccessException)
        {
            throw SqliteFault.IsReadOnly(path);
        }
        catch (IOException exception) when (SqliteFile.IsReadOnlyFileSystem(exception))
        {
            throw SqliteFault.IsReadOnly(path);
        }
        catch (IOException exception) when (SqliteFile.IsFull(exception))
        {
            throw SqliteFault.DiskFull(path);
        }
        catch (IOException exception)
        {
            throw new DatabaseException(DatabaseFault.Locked,
                $"Another server is using the database {path}. Stop it, or give this one a database of its own.", exception);
        }
    }

    public void Dispose() => file.Dispose();
}
