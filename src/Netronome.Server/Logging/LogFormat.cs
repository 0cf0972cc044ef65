namespace Netronome.Server.Logging;

/// <summary>The form of a log line.</summary>
public enum LogFormat
{
    /// <summary><see cref="Journald"/> when the journal reads standard error, else <see cref="Logfmt"/>.</summary>
    Auto,

    /// <summary><c>time=… level=info logger=… msg="…" key=value</c>.</summary>
    Logfmt,

    /// <summary>One JSON object a line.</summary>
    Json,

    /// <summary><c>&lt;6&gt;</c> and the message: the journal keeps the time itself (sd-daemon(3)).</summary>
    Journald,
}
