using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using Netronome.Server.Database;
using Netronome.Server.Series;

namespace Netronome.Server.Tests.Database;

/// <summary>Files that are no database of ours, may not be written, or have no room.</summary>
[SupportedOSPlatform("linux")]
public sealed class SqliteFileTests : IAsyncLifetime
{
    static readonly CancellationToken None = CancellationToken.None;
    readonly string folder = Directory.CreateTempSubdirectory("netronome-file-").FullName;
    bool mounted;

    string DatabaseFile => Path.Combine(folder, "netronome.db");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (mounted)
            await RunAsync("umount", folder);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_file_that_is_not_SQLite_is_refused_and_left_alone()
    {
        await File.WriteAllTextAsync(DatabaseFile, "my shopping list, not a database at all");
        await RefusedAsync(DatabaseFault.Unusable, "not a SQLite database");
        Assert.Equal("my shopping list, not a database at all", await File.ReadAllTextAsync(DatabaseFile));
        Assert.Single(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task A_database_of_the_original_program_is_refused_and_left_alone()
    {
        using (var connection = new SqliteConnection(DatabaseFile, SqliteNative.OpenReadWrite | SqliteNative.OpenCreate))
        {
            connection.Execute("PRAGMA journal_mode = WAL");
            connection.Execute("CREATE TABLE schema_migrations (id INT8 PRIMARY KEY, version VARCHAR)");
            connection.Execute("CREATE TABLE speed_tests (id INTEGER PRIMARY KEY)");
        }

        var before = SHA256.HashData(await File.ReadAllBytesAsync(DatabaseFile));
        await RefusedAsync(DatabaseFault.Unusable, "original Netronome");
        Assert.Equal(before, SHA256.HashData(await File.ReadAllBytesAsync(DatabaseFile)));
        Assert.Single(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task A_new_file_is_readable_by_its_owner_only()
    {
        await using var database = await SqliteDatabase.OpenAsync(DatabaseFile, TimeProvider.System);
        await Migrator.RunAsync(database, SeriesStore.Migrations, None);
        foreach (var file in Directory.GetFiles(folder))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task Damage_is_found_after_a_run_that_did_not_end_well()
    {
        await using (var database = await SqliteDatabase.OpenAsync(DatabaseFile, TimeProvider.System))
        {
            await Migrator.RunAsync(database, [new(1, "things", "CREATE TABLE things (id {id}, data {bytes})")], None);
            await database.WriteAsync(async (session, token) =>
            {
                await session.InsertAsync("things", ["data"], Enumerable.Range(0, 200).Select(_ => new SqlValue[] { new byte[500] }), token);
                return 0;
            }, None);
        }

        var bytes = await File.ReadAllBytesAsync(DatabaseFile);
        for (var place = bytes.Length - 20_000; place < bytes.Length - 12_000; place++)
            bytes[place] = 0xa5;
        await File.WriteAllBytesAsync(DatabaseFile, bytes);
        // A WAL that was left behind is the sign; this one holds nothing valid.
        await File.WriteAllBytesAsync(DatabaseFile + "-wal", new byte[100]);
        await RefusedAsync(DatabaseFault.Unusable, "damaged");
    }

    [Fact]
    public async Task A_read_only_place_is_refused_with_what_to_do()
    {
        await using (var database = await SqliteDatabase.OpenAsync(DatabaseFile, TimeProvider.System))
            await Migrator.RunAsync(database, [], None);
        if (!Environment.IsPrivilegedProcess)
        {
            File.SetUnixFileMode(DatabaseFile, UnixFileMode.UserRead);
            await RefusedAsync(DatabaseFault.ReadOnly, "write permission");
            return;
        }

        // Root may write everything but a read-only mount.
        await RunAsync("mount", "--bind", folder, folder);
        mounted = true;
        await RunAsync("mount", "-o", "remount,bind,ro", folder);
        await RefusedAsync(DatabaseFault.ReadOnly, "write permission");
    }

    [Fact]
    public async Task On_a_full_disk_samples_wait_in_memory_and_are_stored_when_there_is_room()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Console.WriteLine("skipped: a full disk needs a small tmpfs, and that needs root");
            return;
        }

        await RunAsync("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder);
        mounted = true;
        await using var database = await SqliteDatabase.OpenAsync(DatabaseFile, TimeProvider.System);
        await Migrator.RunAsync(database, SeriesStore.Migrations, None);
        await using var store = await SeriesStore.OpenAsync(
            database, SeriesStoreOptions.Default with { CommitInterval = TimeSpan.FromMilliseconds(5) }, TimeProvider.System);
        var series = await store.FindOrCreateAsync(new("full", SeriesKind.Probe, ImmutableSortedDictionary<string, string>.Empty), None);
        var filler = Path.Combine(folder, "filler");
        await FillAsync(filler);

        var full = new TaskCompletionSource();
        database.Watch.Changed += state =>
        {
            if (state.Fault == DatabaseFault.DiskFull)
                full.TrySetResult();
        };
        var random = new Random(1);
        var start = TimeProvider.System.GetUtcNow().AddDays(-1).ToUnixTimeMicroseconds();
        var next = 0;
        while (next < 300_000)
        {
            var batch = Enumerable.Range(next, 1000).Select(number => new Sample(series, start + (number * 1000L), random.Next())).ToArray();
            next += batch.Length;
            Assert.True(await store.EnqueueAsync(batch, None));
        }

        await full.Task.WaitAsync(TimeSpan.FromSeconds(10));
        // SQLite may find room in its own log for a batch or two; three megabytes of samples do not fit.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        string? fault;
        while ((fault = store.Status.Fault) is null)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, limit.Token);
        Assert.Contains("full", fault, StringComparison.Ordinal);
        Assert.True(store.Status.PendingSamples > 0);
        File.Delete(filler);
        await RunAsync("mount", "-o", "remount,size=256m", folder);
        await store.WriteAsync(new Sample[] { new(series, start + (next * 1000L), 1) }, None);
        Assert.Equal(next + 1, (await store.ReadProbesAsync(series, 0, long.MaxValue / 4, int.MaxValue, None)).AtMicros.Length);
        Assert.Equal(0, store.Status.DroppedSamples);
    }

    static async Task FillAsync(string filler)
    {
        await using var file = new FileStream(filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                await file.WriteAsync(new byte[4096]);
                await file.FlushAsync();
            }
        }
        catch (IOException)
        {
            // Full, as wanted.
        }
    }

    async Task RefusedAsync(DatabaseFault fault, string words)
    {
        var exception = await Assert.ThrowsAsync<DatabaseException>(() => SqliteDatabase.OpenAsync(DatabaseFile, TimeProvider.System));
        Assert.Equal(fault, exception.Fault);
        Assert.Contains(words, exception.Message, StringComparison.Ordinal);
    }

    static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {error}");
    }
}
