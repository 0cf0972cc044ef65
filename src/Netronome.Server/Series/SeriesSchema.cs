using Netronome.Server.Database;

namespace Netronome.Server.Series;

/// <summary>The tables of the series store.</summary>
static class SeriesSchema
{
    /// <summary>
    /// <c>series_state</c> has one row: the number of the last commit (so that a commit whose answer was lost is not made twice, and a
    /// second writer is noticed), and for each tier its bytes and the time before which chunks were dropped.
    /// </summary>
    internal static readonly IReadOnlyList<Migration> Migrations =
    [
        new(100, "series store", """
            CREATE TABLE series (
                id {id}, name TEXT NOT NULL UNIQUE, kind BIGINT NOT NULL, deleted BIGINT NOT NULL DEFAULT 0,
                sealed BIGINT NOT NULL DEFAULT 0, last_us BIGINT, last_bits BIGINT, open_chunk BIGINT NOT NULL DEFAULT 0);
            CREATE TABLE series_journal (id {key}, data {bytes} NOT NULL);
            CREATE TABLE series_chunks (
                id {key}, series BIGINT NOT NULL, from_us BIGINT NOT NULL, to_us BIGINT NOT NULL, samples BIGINT NOT NULL,
                data {bytes} NOT NULL);
            CREATE INDEX series_chunks_range ON series_chunks (series, to_us, from_us);
            CREATE INDEX series_chunks_age ON series_chunks (to_us);
            CREATE TABLE series_rollups (
                tier BIGINT NOT NULL, series BIGINT NOT NULL, start_us BIGINT NOT NULL, data {bytes} NOT NULL);
            CREATE UNIQUE INDEX series_rollups_range ON series_rollups (series, tier, start_us);
            CREATE INDEX series_rollups_age ON series_rollups (tier, start_us);
            CREATE TABLE series_state (
                commit_number BIGINT NOT NULL,
                bytes0 BIGINT NOT NULL, bytes1 BIGINT NOT NULL, bytes2 BIGINT NOT NULL, bytes3 BIGINT NOT NULL,
                horizon0 BIGINT NOT NULL, horizon1 BIGINT NOT NULL, horizon2 BIGINT NOT NULL, horizon3 BIGINT NOT NULL);
            INSERT INTO series_state VALUES (0, 0, 0, 0, 0, 0, 0, 0, 0)
            """)
        {
            // Rows of a chunk's size stay in the table, uncompressed: they are dense already.
            PostgresOnly = """
                ALTER TABLE series_chunks ALTER COLUMN data SET STORAGE EXTERNAL;
                ALTER TABLE series_chunks SET (toast_tuple_target = 8160);
                ALTER TABLE series_rollups ALTER COLUMN data SET STORAGE EXTERNAL;
                ALTER TABLE series_rollups SET (toast_tuple_target = 8160, fillfactor = 80);
                ALTER TABLE series_journal ALTER COLUMN data SET STORAGE EXTERNAL;
                ALTER TABLE series_journal SET (toast_tuple_target = 8160)
                """,
        },
    ];
}
