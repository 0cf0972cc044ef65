namespace Netronome.Server.Database;

/// <summary>
/// Brings a database to the schema this binary knows. Each migration runs in one transaction together with its row in
/// <c>netronome_migrations</c>, so that a crash leaves either the old or the new schema.
/// </summary>
public static class Migrator
{
    /// <summary>Name of the table that says which migrations ran; a database without it is not ours.</summary>
    public const string Table = "netronome_migrations";

    /// <summary>Applies what is missing, in order of number.</summary>
    /// <exception cref="DatabaseException">The database is another program's, or newer than this binary; nothing was changed.</exception>
    public static async Task RunAsync(IDatabase database, IReadOnlyList<Migration> migrations, CancellationToken cancellationToken)
    {
        var ordered = migrations.OrderBy(migration => migration.Number).ToArray();
        if (ordered.DistinctBy(migration => migration.Number).Count() != ordered.Length)
            throw new ArgumentException("Two migrations have the same number.", nameof(migrations));

        var applied = await database.WriteAsync(PrepareAsync, cancellationToken);
        var unknown = applied.Except(ordered.Select(migration => (long)migration.Number)).DefaultIfEmpty(0).Max();
        if (unknown > 0)
        {
            throw new DatabaseException(DatabaseFault.Unusable,
                $"The database has schema change {unknown}, made by a newer Netronome; this one knows changes up to "
                + $"{(ordered.Length == 0 ? 0 : ordered[^1].Number)}. Run the newer version, or restore the backup taken before it.");
        }

        foreach (var migration in ordered.Where(migration => !applied.Contains(migration.Number)))
            await database.WriteAsync((session, token) => ApplyAsync(session, migration, token), cancellationToken);
    }

    static async Task<HashSet<long>> PrepareAsync(ISqlSession session, CancellationToken cancellationToken)
    {
        ForeignSchema.Refuse(await TablesAsync(session, cancellationToken));
        await session.ExecuteAsync(
            $"CREATE TABLE IF NOT EXISTS {Table} (number BIGINT PRIMARY KEY, name TEXT NOT NULL)", cancellationToken);
        return [.. await session.QueryAsync($"SELECT number FROM {Table}", row => row.Int64(0), cancellationToken)];
    }

    static Task<List<string>> TablesAsync(ISqlSession session, CancellationToken cancellationToken) => session.QueryAsync(
        session.Dialect == SqlDialect.Postgres
            ? "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()"
            : ForeignSchema.SqliteTables,
        row => row.Text(0), cancellationToken);

    static async Task<int> ApplyAsync(ISqlSession session, Migration migration, CancellationToken cancellationToken)
    {
        foreach (var statement in migration.Statements(session.Dialect))
            await session.ExecuteAsync(statement, cancellationToken);
        return await session.ExecuteAsync(
            $"INSERT INTO {Table} (number, name) VALUES ($1, $2)", cancellationToken, migration.Number, migration.Name);
    }
}
