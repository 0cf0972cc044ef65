using Microsoft.Extensions.Logging;

namespace Netronome.Server.Logging;

/// <summary>Logs events as lines of text to a writer, normally standard error.</summary>
public sealed class LineLoggerProvider(LogFormat format, TextWriter writer, TimeProvider time) : ILoggerProvider
{
    readonly Lock gate = new();

    /// <summary>A provider for standard error; <see cref="LogFormat.Auto"/> looks at who reads it.</summary>
    public static LineLoggerProvider ForStandardError(LogFormat format, TimeProvider time) =>
        new(format == LogFormat.Auto && Journal.ReadsStandardError() ? LogFormat.Journald : format, Console.Error, time);

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new LineLogger(this, categoryName[(categoryName.LastIndexOf('.') + 1)..]);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    void Write(LogLevel level, string logger, string message, IReadOnlyList<KeyValuePair<string, object?>> values, Exception? exception)
    {
        var line = LogLine.Write(format, new LogEvent(time.GetUtcNow(), level, logger, message, values, exception));
        lock (gate)
            writer.Write(line);
    }

    sealed class LineLogger(LineLoggerProvider provider, string name) : ILogger
    {
        const string Template = "{OriginalFormat}";

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
                return;
            var values = state is IReadOnlyList<KeyValuePair<string, object?>> pairs ? pairs.Where(pair => pair.Key != Template).ToArray() : [];
            provider.Write(logLevel, name, formatter(state, exception), values, exception);
        }
    }
}
