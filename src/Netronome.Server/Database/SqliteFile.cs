using static Netronome.Server.Database.SqliteNative;

namespace Netronome.Server.Database;

/// <summary>What happens to the file before the first statement of a slice.</summary>
static class SqliteFile
{
    /// <summary>RETURNING came with 3.35.</summary>
    const int OldestVersion = 3_035_000;

    internal static void RequireLibrary()
    {
        int version;
        try
        {
            version = sqlite3_libversion_number();
        }
        catch (DllNotFoundException exception)
        {
            throw new DatabaseException(DatabaseFault.Unusable,
                "The SQLite library libsqlite3.so.0 is missing. Install the package libsqlite3-0 (Debian, Ubuntu), sqlite-libs (Fedora, "
                + "Alpine) or sqlite (Arch), or use PostgreSQL.", exception);
        }

        if (version < OldestVersion)
        {
            throw new DatabaseException(DatabaseFault.Unusable,
                $"The system's SQLite is {version / 1_000_000}.{version / 1000 % 1000}; 3.35 or later is needed.");
        }
    }

    /// <summary>Refuses a file that is not SQLite or not ours, without touching it.</summary>
    internal static void Inspect(string path)
    {
        if (!File.Exists(path))
            return;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length == 0)
                return;
            Span<byte> header = stackalloc byte[16];
            if (file.ReadAtLeast(header, 16, throwOnEndOfStream: false) < 16 || !header.SequenceEqual("SQLite format 3\0"u8))
                throw SqliteFault.NotSqlite(path);
        }
        catch (UnauthorizedAccessException)
        {
            throw SqliteFault.IsReadOnly(path);
        }

        // "immutable" reads the file alone: no lock, no -shm, no recovery of somebody else's WAL.
        using var connection = new SqliteConnection(
            $"file:{Uri.EscapeDataString(path).Replace("%2F", "/")}?immutable=1", OpenReadOnly | OpenUri);
        ForeignSchema.Refuse(connection.Query(ForeignSchema.SqliteTables, row => row.Text(0)));
    }

    /// <summary>Creates the file readable by its owner only; SQLite gives its side files the same mode.</summary>
    internal static void Create(string path)
    {
        try
        {
            if (File.Exists(path))
                return;
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new FileStream(path, options);
        }
        catch (UnauthorizedAccessException)
        {
            throw SqliteFault.IsReadOnly(path);
        }
        catch (IOException exception) when (IsFull(exception))
        {
            throw SqliteFault.DiskFull(path);
        }
    }

    internal static SqliteConnection OpenWriter(string path, TimeSpan busyTimeout)
    {
        var connection = new SqliteConnection(path, OpenReadWrite);
        try
        {
            connection.SetBusyTimeout(busyTimeout);
            // Before journal_mode writes: the WAL may hold tables that the first look at the file alone did not see.
            ForeignSchema.Refuse(connection.Query(ForeignSchema.SqliteTables, row => row.Text(0)));
            connection.Execute("PRAGMA auto_vacuum = INCREMENTAL");
            connection.Execute("PRAGMA journal_mode = WAL");
            connection.Execute("PRAGMA synchronous = FULL");
            connection.Execute("PRAGMA foreign_keys = ON");
            connection.Execute("PRAGMA temp_store = MEMORY");
            // Proves now, not at the first measurement, that the file may be written.
            connection.Execute("BEGIN IMMEDIATE");
            connection.Execute("PRAGMA user_version = 1");
            connection.Execute("COMMIT");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    internal static SqliteConnection OpenReader(string path, TimeSpan busyTimeout)
    {
        var connection = new SqliteConnection(path, OpenReadWrite);
        connection.SetBusyTimeout(busyTimeout);
        connection.Execute("PRAGMA query_only = ON");
        connection.Execute("PRAGMA temp_store = MEMORY");
        return connection;
    }

    internal static void Check(SqliteConnection connection, string path)
    {
        var faults = connection.Query("PRAGMA quick_check(5)", row => row.Text(0));
        if (faults is not ["ok"])
        {
            throw new DatabaseException(DatabaseFault.Unusable,
                $"The database {path} is damaged ({string.Join("; ", faults)}). Restore a backup.");
        }
    }

    /// <summary>.NET puts errno into the HResult of an IOException where it has no name of its own.</summary>
    internal static bool IsReadOnlyFileSystem(IOException exception) => exception.HResult == 30;

    internal static bool IsFull(IOException exception) => exception.HResult is 28 or 122 or unchecked((int)0x80070070);
}
