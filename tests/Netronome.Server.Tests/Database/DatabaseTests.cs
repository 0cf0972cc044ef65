using Netronome.Server.Database;

namespace Netronome.Server.Tests.Database;

/// <summary>What both databases promise.</summary>
public abstract class DatabaseTests(TestDatabases databases) : IAsyncLifetime
{
    static readonly CancellationToken None = CancellationToken.None;

    protected IDatabase Database { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await databases.InitializeAsync();
        Database = await databases.OpenAsync();
        await Migrator.RunAsync(Database,
            [new(1, "things", "CREATE TABLE things (id {id}, name TEXT UNIQUE, number BIGINT, part DOUBLE PRECISION, data {bytes})")], None);
    }

    public async Task DisposeAsync()
    {
        await Database.DisposeAsync();
        await databases.DisposeAsync();
    }

    [Fact]
    public async Task Every_type_comes_back_as_it_went_in()
    {
        await Database.WriteAsync((session, token) => session.ExecuteAsync(
            "INSERT INTO things (name, number, part, data) VALUES ($1, $2, $3, $4)", token,
            "smörgås 'x'", long.MinValue, 0.1, new byte[] { 0, 255, 1 }), None);
        await Database.WriteAsync((session, token) => session.ExecuteAsync(
            "INSERT INTO things (name, number, part, data) VALUES ($1, $2, $3, $4)", token,
            SqlValue.Null, (long?)null, (double?)null, Array.Empty<byte>()), None);
        var rows = await Database.ReadAsync((session, token) => session.QueryAsync(
            "SELECT name, number, part, data FROM things ORDER BY id",
            row => (row.TextOrNull(0), row.Int64OrNull(1), row.DoubleOrNull(2), row.Bytes(3)), token), None);
        Assert.Equal(("smörgås 'x'", long.MinValue, 0.1), (rows[0].Item1, rows[0].Item2, rows[0].Item3));
        Assert.Equal([0, 255, 1], rows[0].Item4);
        Assert.Equal((null, null, null), (rows[1].Item1, rows[1].Item2, rows[1].Item3));
        Assert.Empty(rows[1].Item4);
    }

    [Fact]
    public async Task Arguments_are_found_by_number_also_when_used_twice_and_out_of_order()
    {
        var rows = await Database.ReadAsync((session, token) => session.QueryAsync(
            "SELECT CAST($2 AS BIGINT), CAST($1 AS BIGINT), CAST($2 AS BIGINT)",
            row => (row.Int64(0), row.Int64(1), row.Int64(2)), token, 1, 2), None);
        Assert.Equal((2, 1, 2), rows[0]);
    }

    [Fact]
    public async Task Work_that_throws_changes_nothing()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Database.WriteAsync<int>(async (session, token) =>
        {
            await AddAsync(session, "a", token);
            throw new InvalidOperationException();
        }, None));
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task A_broken_rule_is_a_constraint_fault_and_the_database_stays_ready()
    {
        await Database.WriteAsync((session, token) => AddAsync(session, "a", token), None);
        var exception = await Assert.ThrowsAsync<DatabaseException>(
            () => Database.WriteAsync((session, token) => AddAsync(session, "a", token), None));
        Assert.Equal(DatabaseFault.Constraint, exception.Fault);
        Assert.True(Database.Watch.State.Ready);
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task A_wrong_statement_is_a_statement_fault()
    {
        var exception = await Assert.ThrowsAsync<DatabaseException>(
            () => Database.ReadAsync((session, token) => session.QueryAsync("SELECT nothing FROM nowhere", row => 0, token), None));
        Assert.Equal(DatabaseFault.Statement, exception.Fault);
    }

    [Fact]
    public async Task Reading_may_not_write()
    {
        await Assert.ThrowsAsync<DatabaseException>(() => Database.ReadAsync((session, token) => AddAsync(session, "a", token), None));
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task Work_may_wait_for_something_else_in_the_middle()
    {
        await Database.WriteAsync(async (session, token) =>
        {
            await AddAsync(session, "a", token);
            await Task.Yield();
            await Task.Run(static () => { }, token);
            return await AddAsync(session, "b", token);
        }, None);
        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task Many_writers_at_once_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 200).Select(number =>
            Database.WriteAsync((session, token) => AddAsync(session, $"n{number}", token), None)));
        Assert.Equal(200, await CountAsync());
    }

    [Fact]
    public async Task Many_rows_are_inserted_at_once()
    {
        await Database.WriteAsync(async (session, token) =>
        {
            await session.InsertAsync("things", ["name", "number", "part", "data"],
                Enumerable.Range(0, 5000).Select(number => new SqlValue[] { $"n{number}", number, number / 2.0, new byte[3] }), token);
            return 0;
        }, None);
        Assert.Equal(5000, await CountAsync());
    }

    [Fact]
    public async Task Migrations_run_once_and_in_order()
    {
        Migration[] list =
        [
            new(1, "things", "never run again"),
            new(3, "rename", "ALTER TABLE more RENAME TO others"),
            new(2, "more", "CREATE TABLE more (a {key}); INSERT INTO more VALUES (7)"),
        ];
        await Migrator.RunAsync(Database, list, None);
        await Migrator.RunAsync(Database, list, None);
        var rows = await Database.ReadAsync((session, token) => session.QueryAsync("SELECT a FROM others", row => row.Int64(0), token), None);
        Assert.Equal([7], rows);
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_nothing_of_itself()
    {
        await Assert.ThrowsAsync<DatabaseException>(() => Migrator.RunAsync(Database,
            [new(1, "things", ""), new(2, "half", "CREATE TABLE half (a BIGINT); CREATE TABLE things (a BIGINT)")], None));
        await Migrator.RunAsync(Database, [new(1, "things", ""), new(2, "half", "CREATE TABLE half (a BIGINT)")], None);
    }

    [Fact]
    public async Task A_schema_of_a_newer_version_is_refused()
    {
        await Migrator.RunAsync(Database, [new(1, "things", ""), new(9, "newer", "CREATE TABLE newer (a BIGINT)")], None);
        var exception = await Assert.ThrowsAsync<DatabaseException>(() => Migrator.RunAsync(Database, [new(1, "things", "")], None));
        Assert.Equal(DatabaseFault.Unusable, exception.Fault);
        Assert.Contains("newer Netronome", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_server_is_refused_and_the_first_goes_on()
    {
        var exception = await Assert.ThrowsAsync<DatabaseException>(() => databases.OpenAsync());
        Assert.Equal(DatabaseFault.Locked, exception.Fault);
        Assert.Contains("Another server", exception.Message, StringComparison.Ordinal);
        await Database.WriteAsync((session, token) => AddAsync(session, "a", token), None);
    }

    [Fact]
    public async Task Closed_and_opened_again_it_has_everything()
    {
        await Database.WriteAsync((session, token) => AddAsync(session, "a", token), None);
        await Database.DisposeAsync();
        await using var again = await databases.OpenAsync();
        Assert.Equal(1, await CountAsync(again));
        Assert.True(await again.SizeAsync(None) > 0);
    }

    static Task<int> AddAsync(ISqlSession session, string name, CancellationToken cancellationToken) =>
        session.ExecuteAsync("INSERT INTO things (name) VALUES ($1)", cancellationToken, name);

    async Task<long> CountAsync(IDatabase? database = null) => (await (database ?? Database).ReadAsync(
        (session, token) => session.QueryAsync("SELECT COUNT(*) FROM things", row => row.Int64(0), token), None))[0];
}

public sealed class SqliteSuiteTests() : DatabaseTests(new SqliteTestDatabases());

[Collection(PostgresCollection.Name)]
public sealed class PostgresSuiteTests(PostgresFixture fixture) : DatabaseTests(new PostgresTestDatabases(fixture.Server));
