using Netronome.Server.Database;
using Netronome.TestLab;

namespace Netronome.Server.Tests.Database;

/// <summary>Fresh databases for a test class; its implementers run one suite on both kinds.</summary>
public abstract class TestDatabases : IAsyncLifetime
{
    /// <summary>Opens the same database again and again.</summary>
    public abstract Task<IDatabase> OpenAsync(TimeProvider? time = null);

    public abstract Task InitializeAsync();

    public abstract Task DisposeAsync();
}

/// <summary>A file in a directory of its own.</summary>
public sealed class SqliteTestDatabases : TestDatabases
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("netronome-db-").FullName;

    public string File => Path.Combine(Folder, "netronome.db");

    public override async Task<IDatabase> OpenAsync(TimeProvider? time = null) =>
        await SqliteDatabase.OpenAsync(File, time ?? TimeProvider.System);

    public override Task InitializeAsync() => Task.CompletedTask;

    public override Task DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }
}

/// <summary>A database on the test run's own PostgreSQL.</summary>
public sealed class PostgresTestDatabases(PostgresServer server) : TestDatabases
{
    string name = "";

    public PostgresOptions Options => new() { Host = server.Host, User = PostgresServer.User, Database = name };

    public override async Task<IDatabase> OpenAsync(TimeProvider? time = null) =>
        await PostgresDatabase.OpenAsync(Options, time ?? TimeProvider.System);

    public override async Task InitializeAsync() => name = await server.CreateDatabaseAsync();

    public override Task DisposeAsync() => Task.CompletedTask;
}

/// <summary>One PostgreSQL for all classes of the collection.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    public PostgresServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await PostgresServer.CreateAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresFixture>
{
    public const string Name = "PostgreSQL";
}
