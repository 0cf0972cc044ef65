using static Netronome.Server.Database.SqliteNative;

namespace Netronome.Server.Database;

/// <summary>SQLite's result codes as faults with a sentence that says what to do.</summary>
static class SqliteFault
{
    /// <summary>errno.h: permission denied, no space, read-only file system, quota exceeded.</summary>
    const int Eacces = 13, Enospc = 28, Erofs = 30, Edquot = 122;

    internal static DatabaseException Describe(string path, int result, int systemError, string text)
    {
        var code = result & 0xff;
        return code switch
        {
            Full => DiskFull(path),
            IoErr or CantOpen when systemError is Enospc or Edquot => DiskFull(path),
            ReadOnly or Perm => IsReadOnly(path),
            IoErr or CantOpen when systemError is Eacces or Erofs => IsReadOnly(path),
            Busy or Locked => new(DatabaseFault.Locked, $"Another program holds the database {path} and did not let go in time."),
            NotADb => NotSqlite(path),
            Corrupt => new(DatabaseFault.Unusable, $"The database {path} is damaged ({text}). Restore a backup."),
            SqliteNative.Constraint => new(DatabaseFault.Constraint, text),
            CantOpen => new(DatabaseFault.Unusable, $"The database {path} cannot be opened ({text}, errno {systemError})."),
            IoErr => new(DatabaseFault.Unavailable, $"The disk under the database {path} failed ({text}, errno {systemError})."),
            NoMem => new(DatabaseFault.Unavailable, "There was not enough memory for the database."),
            _ => new(DatabaseFault.Statement, $"{text} (SQLite {result})"),
        };
    }

    internal static DatabaseException NotSqlite(string path) =>
        new(DatabaseFault.Unusable, $"The file {path} is not a SQLite database and was left untouched. Name another file in database.path.");

    internal static DatabaseException IsReadOnly(string path) => new(DatabaseFault.ReadOnly,
        $"The database {path} may not be written. Give the server's account write permission to the file and its directory.");

    internal static DatabaseException DiskFull(string path) =>
        new(DatabaseFault.DiskFull, $"The disk of the database {path} is full. Free space; writing goes on by itself.");
}
