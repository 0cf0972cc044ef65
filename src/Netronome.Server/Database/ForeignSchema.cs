namespace Netronome.Server.Database;

/// <summary>Tells another program's database from ours before anything is written to it.</summary>
static class ForeignSchema
{
    internal const string SqliteTables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";

    internal static void Refuse(IReadOnlyCollection<string> tables)
    {
        if (tables.Count == 0 || tables.Contains(Migrator.Table))
            return;
        throw new DatabaseException(DatabaseFault.Unusable, tables.Contains("schema_migrations") && tables.Contains("speed_tests")
            ? "The database belongs to the original Netronome program and was left untouched. Give this server a database of its own."
            : "The database belongs to another program (it has tables, but not ours) and was left untouched. "
              + "Give this server a database of its own.");
    }
}
