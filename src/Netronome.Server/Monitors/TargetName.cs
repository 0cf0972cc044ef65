namespace Netronome.Server.Monitors;

/// <summary>
/// The address behind a monitor's target, looked up again every minute and sooner after a failure. An address once found is
/// used until the name has another: a name server that is away does not stop the measuring of the network.
/// </summary>
sealed class TargetName(MonitorDefinition definition, NameResolver resolver, TimeProvider time) : IDisposable
{
    static readonly TimeSpan Refresh = TimeSpan.FromSeconds(60);
    static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    readonly Lock _gate = new();
    CancellationTokenSource _changed = new();
    Resolution _found = new(null, "The name has not been looked up yet.");

    /// <summary>What is known now, with a token that is cancelled when that is another address.</summary>
    public (Resolution Found, CancellationToken Changed) Current
    {
        get
        {
            lock (_gate)
                return (_found, _changed.Token);
        }
    }

    /// <summary>Looks up once, and for the first time before anything is measured.</summary>
    public async Task LookUpAsync(CancellationToken cancellationToken)
    {
        var found = await resolver.ResolveAsync(definition.Target, definition.Family, Current.Found.Address, cancellationToken);
        CancellationTokenSource? passed = null;
        lock (_gate)
        {
            if (found.Address is null && _found.Address is not null)
            {
                _found = _found with { Failure = found.Failure };
                return;
            }

            if (!Equals(found.Address, _found.Address))
                (passed, _changed) = (_changed, new CancellationTokenSource());
            _found = found;
        }

        if (passed is not null)
        {
            await passed.CancelAsync();
            passed.Dispose();
        }
    }

    /// <summary>Looks up again and again; an address written as such stays what it is.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (Http.HostName.TryParseAddress(definition.Target, out _))
            return;
        while (true)
        {
            await Task.Delay(Current.Found.Failure is null ? Refresh : RetryAfter, time, cancellationToken);
            await LookUpAsync(cancellationToken);
        }
    }

    public void Dispose() => _changed.Dispose();
}
