using Netronome.Server.Database;

namespace Netronome.Server.SpeedTests;

/// <summary>Saved iperf3 servers.</summary>
sealed class IperfServerStore(IDatabase database, TimeProvider time)
{
    public static Migration Migration { get; } = new(210, "iperf servers", """
        CREATE TABLE iperf_servers (
            id {id}, name TEXT NOT NULL, host TEXT NOT NULL, port BIGINT NOT NULL,
            created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL)
        """);

    const string Columns = "id, name, host, port, created_at, updated_at";

    public Task<List<IperfServer>> ListAsync(CancellationToken cancellationToken) => database.ReadAsync(
        (sql, token) => sql.QueryAsync($"SELECT {Columns} FROM iperf_servers ORDER BY name, id", Read, token), cancellationToken);

    public async Task<IperfServer?> FindAsync(long id, CancellationToken cancellationToken) => (await database.ReadAsync(
        (sql, token) => sql.QueryAsync($"SELECT {Columns} FROM iperf_servers WHERE id = $1", Read, token, id), cancellationToken))
        .FirstOrDefault();

    public async Task<IperfServer> AddAsync(string name, string host, int port, CancellationToken cancellationToken) =>
        (await database.WriteAsync((sql, token) => sql.QueryAsync(
            $"INSERT INTO iperf_servers (name, host, port, created_at, updated_at) VALUES ($1, $2, $3, $4, $4) RETURNING {Columns}",
            Read, token, name, host, port, time.GetUtcNow()), cancellationToken))[0];

    public async Task<IperfServer?> SaveAsync(long id, string name, string host, int port, CancellationToken cancellationToken) =>
        (await database.WriteAsync((sql, token) => sql.QueryAsync(
            $"UPDATE iperf_servers SET name = $2, host = $3, port = $4, updated_at = $5 WHERE id = $1 RETURNING {Columns}",
            Read, token, id, name, host, port, time.GetUtcNow()), cancellationToken)).FirstOrDefault();

    public async Task<bool> DeleteAsync(long id, CancellationToken cancellationToken) => await database.WriteAsync(
        (sql, token) => sql.ExecuteAsync("DELETE FROM iperf_servers WHERE id = $1", token, id), cancellationToken) > 0;

    static IperfServer Read(ISqlRow row) =>
        new(row.Int64(0), row.Text(1), row.Text(2), (int)row.Int64(3), row.Time(4), row.Time(5));
}
