using System.Net;
using System.Net.Sockets;

namespace Netronome.Server.Accounts;

/// <summary>
/// Slows guessing down. Each address may fail five times a minute, then waits 60 s, 120 s, … up to 15 min. Each account may be
/// failed on five times a minute by all addresses together, but an address that has not failed yet always gets its first
/// try: the owner is never locked out by somebody else. Memory is bounded.
/// </summary>
sealed class LoginLimiter(TimeProvider time)
{
    const int FreeFailures = 5;
    const int MostEntries = 20_000;
    static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);
    static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(30);

    readonly Lock _gate = new();
    readonly Dictionary<string, Record> _records = new(StringComparer.Ordinal);

    sealed class Record
    {
        public int Failures;
        public DateTimeOffset WindowStart;
        public int Waits;
        public DateTimeOffset BlockedUntil;
        public DateTimeOffset LastFailure;
    }

    /// <summary>
    /// Takes a try: null when it may go on, otherwise how long to wait. A try counts as failed from the start, so that many at
    /// once are counted too; <see cref="Succeeded"/> takes it back.
    /// </summary>
    public TimeSpan? Take(string account, IPAddress? address)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            MakeRoom(now);
            var (addressKey, accountKey) = (AddressKey(address), AccountKey(account));
            var byAddress = Find(addressKey, now);
            var byAccount = Find(accountKey, now);
            if (byAddress.BlockedUntil > now)
                return byAddress.BlockedUntil - now;
            var isFirstTry = byAddress.Failures == 0 && byAddress.Waits == 0;
            if (!isFirstTry && byAccount.Failures >= FreeFailures)
                return byAccount.WindowStart + Window - now;

            byAddress.Failures++;
            byAccount.Failures++;
            byAddress.LastFailure = byAccount.LastFailure = now;
            if (byAddress.Failures >= FreeFailures)
            {
                var wait = TimeSpan.FromMinutes(Math.Pow(2, Math.Min(byAddress.Waits, 10)));
                byAddress.BlockedUntil = now + (wait < LongestWait ? wait : LongestWait);
                byAddress.Waits++;
            }

            return null;
        }
    }

    /// <summary>The try was right: the address starts anew.</summary>
    public void Succeeded(string account, IPAddress? address)
    {
        lock (_gate)
        {
            _records.Remove(AddressKey(address));
            if (_records.TryGetValue(AccountKey(account), out var byAccount) && byAccount.Failures > 0)
                byAccount.Failures--;
        }
    }

    Record Find(string key, DateTimeOffset now)
    {
        if (!_records.TryGetValue(key, out var record))
            _records[key] = record = new Record { WindowStart = now, LastFailure = now };
        if (now - record.WindowStart >= Window && record.BlockedUntil <= now)
            (record.Failures, record.WindowStart) = (0, now);
        if (now - record.LastFailure >= Forgotten)
            record.Waits = 0;
        return record;
    }

    void MakeRoom(DateTimeOffset now)
    {
        if (_records.Count < MostEntries)
            return;
        foreach (var (key, record) in _records)
        {
            if (now - record.LastFailure >= Forgotten)
                _records.Remove(key);
        }

        if (_records.Count < MostEntries)
            return;
        foreach (var (key, _) in _records.OrderBy(record => record.Value.LastFailure).Take(MostEntries / 10).ToList())
            _records.Remove(key);
    }

    static string AccountKey(string account) => "u:" + (account.Length <= 64 ? account : account[..64]).ToLowerInvariant();

    // One customer has a whole /64 of IPv6.
    static string AddressKey(IPAddress? address)
    {
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6 })
            return "a:" + address;
        return "a:" + Convert.ToHexString(address.GetAddressBytes(), 0, 8);
    }
}
