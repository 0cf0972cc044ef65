namespace Netronome.Server.Database;

/// <summary>
/// One numbered change of the schema, written by the slice that owns the tables and listed once in <c>ServerHost</c>.
/// In <see cref="Sql"/> these words are replaced by the dialect's own: <c>{id}</c> an identity primary key, <c>{bytes}</c> the type of bytes.
/// </summary>
/// <param name="Number">Position; applied in order, each once, never changed after a release.</param>
/// <param name="Name">What it does, in a few words.</param>
/// <param name="Sql">One or more statements separated by semicolons.</param>
public sealed record Migration(int Number, string Name, string Sql);
