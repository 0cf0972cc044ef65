using Netronome.Server.Http;

namespace Netronome.Server.SpeedTests;

/// <summary>What a test may ask for.</summary>
static class RunRules
{
    const int MostSeconds = 3600;
    const int MostStreams = 128;
    const int MostOmitSeconds = 60;
    const int MostNameLength = 100;

    /// <summary>Fills in the defaults and adds what is out of bounds.</summary>
    public static RunOptions ToOptions(FaultList faults, SpeedRunRequest body, ServerOptions defaults)
    {
        var wanted = new RunOptions(
            body.Direction ?? RunDirection.Both,
            body.Seconds ?? (int)defaults.IperfDuration.TotalSeconds,
            body.Streams ?? defaults.IperfStreams,
            body.OmitSeconds ?? 0);
        faults.Range("seconds", wanted.Seconds, 1, MostSeconds);
        faults.Range("streams", wanted.Streams, 1, MostStreams);
        faults.Range("omitSeconds", wanted.OmitSeconds, 0, MostOmitSeconds);
        return wanted;
    }

    /// <summary>The far end that the request names itself; null when it names none or a wrong one.</summary>
    public static RunServer? ToServer(FaultList faults, SpeedRunRequest body)
    {
        HostName.Check(faults, "host", body.Host);
        var port = body.Port ?? 5201;
        faults.Range("port", port, 1, 65_535);
        if (body.Name is not null)
            Names.Check(faults, "name", body.Name, MostNameLength);
        return faults.None ? new RunServer(body.Name ?? HostName.WithPort(body.Host!, port), body.Host!, port) : null;
    }
}
