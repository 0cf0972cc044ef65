using Microsoft.Extensions.Logging;

namespace Netronome.Server.Logging;

/// <summary>One event as it is written.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Level">How severe.</param>
/// <param name="Logger">The type that says it, without its namespace.</param>
/// <param name="Message">The sentence, values filled in.</param>
/// <param name="Values">The values by the names of the message's placeholders.</param>
/// <param name="Exception">What went wrong, or null.</param>
readonly record struct LogEvent(
    DateTimeOffset At, LogLevel Level, string Logger, string Message, IReadOnlyList<KeyValuePair<string, object?>> Values, Exception? Exception);
