namespace Netronome.Output;

/// <summary>What a verb tells the shell; the values above 63 are those of <c>sysexits.h</c>.</summary>
static class ExitCode
{
    /// <summary>Done, and what was measured is within its limits.</summary>
    public const int Success = 0;

    /// <summary>Measured, but failed: loss over the limit, no reply, a threshold missed.</summary>
    public const int Failed = 1;

    /// <summary>Could not measure: no route, timed out, refused by the peer.</summary>
    public const int NotMeasured = 2;

    /// <summary>EX_USAGE: the command line is wrong.</summary>
    public const int Usage = 64;

    /// <summary>EX_DATAERR: the input has the wrong form.</summary>
    public const int Data = 65;

    /// <summary>EX_NOHOST: a host name cannot be resolved.</summary>
    public const int NoHost = 68;

    /// <summary>EX_UNAVAILABLE: a server or service cannot be reached.</summary>
    public const int Unavailable = 69;

    /// <summary>EX_SOFTWARE: a fault of this program.</summary>
    public const int Software = 70;

    /// <summary>EX_CANTCREAT: a file cannot be created.</summary>
    public const int CannotCreate = 73;

    /// <summary>EX_IOERR: reading or writing failed.</summary>
    public const int InputOutput = 74;

    /// <summary>EX_NOPERM: a permission is missing; the message says how to grant it.</summary>
    public const int NoPermission = 77;

    /// <summary>EX_CONFIG: the configuration is wrong; nothing was started.</summary>
    public const int Configuration = 78;

    /// <summary>Ended by SIGINT before there was a result (128 + 2).</summary>
    public const int Interrupted = 130;

    /// <summary>The reader of standard output went away (128 + 13, as the shell reports SIGPIPE).</summary>
    public const int BrokenPipe = 141;
}
