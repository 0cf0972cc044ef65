namespace Netronome.Protocols.Toml;

/// <summary>Dates and times of RFC 3339, and their local parts.</summary>
sealed partial class TomlParser
{
    static TomlNode? ParseDateTime(ReadOnlySpan<char> word, TomlPosition position)
    {
        if (!TryTakeDate(word, out var date))
            return TryTakeTime(ref word, out var alone) && word.IsEmpty ? new TomlLocalTime(alone, position) : null;
        if (word.Length == 10)
            return new TomlLocalDate(date, position);
        if (word[10] is not ('T' or 't' or ' '))
            return null;
        word = word[11..];
        if (!TryTakeTime(ref word, out var time))
            return null;
        var local = date.ToDateTime(time);
        if (word.IsEmpty)
            return new TomlLocalDateTime(local, position);
        return TryReadOffset(word, out var offset) ? WithOffset(local, offset, position) : null;
    }

    static TomlOffsetDateTime? WithOffset(DateTime local, TimeSpan offset, TomlPosition position)
    {
        var utcTicks = local.Ticks - offset.Ticks;
        if (utcTicks < DateTime.MinValue.Ticks || utcTicks > DateTime.MaxValue.Ticks)
            return null;
        var instant = new DateTimeOffset(utcTicks, TimeSpan.Zero);
        // The framework keeps offsets up to 14 hours; RFC 3339 can write 23:59.
        return new(offset.Duration() <= TimeSpan.FromHours(14) ? instant.ToOffset(offset) : instant, position);
    }

    // full-date: 1979-05-27
    static bool TryTakeDate(ReadOnlySpan<char> word, out DateOnly date)
    {
        date = default;
        if (word.Length < 10 || word[4] != '-' || word[7] != '-'
            || !TryDigits(word[..4], out var year) || !TryDigits(word[5..7], out var month) || !TryDigits(word[8..10], out var day)
            || year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month))
            return false;
        date = new(year, month, day);
        return true;
    }

    // partial-time: 07:32:00.999; without seconds since TOML 1.1
    static bool TryTakeTime(ref ReadOnlySpan<char> word, out TimeOnly time)
    {
        time = default;
        if (word.Length < 5 || word[2] != ':' || !TryDigits(word[..2], out var hour) || !TryDigits(word[3..5], out var minute) || hour > 23 || minute > 59)
            return false;
        word = word[5..];
        var ticks = 0L;
        if (word is [':', ..])
        {
            if (word.Length < 3 || !TryDigits(word[1..3], out var second) || second > 59)
                return false;
            word = word[3..];
            ticks = second * TimeSpan.TicksPerSecond;
            if (word is ['.', ..] && !TryTakeFraction(ref word, ref ticks))
                return false;
        }
        time = new(hour * TimeSpan.TicksPerHour + minute * TimeSpan.TicksPerMinute + ticks);
        return true;
    }

    static bool TryTakeFraction(ref ReadOnlySpan<char> word, ref long ticks)
    {
        var digits = 1;
        for (var unit = TimeSpan.TicksPerSecond / 10; digits < word.Length && char.IsAsciiDigit(word[digits]); digits++, unit /= 10)
            ticks += (word[digits] - '0') * unit;
        word = word[digits..];
        return digits > 1;
    }

    // time-offset: Z or +01:00
    static bool TryReadOffset(ReadOnlySpan<char> word, out TimeSpan offset)
    {
        offset = default;
        if (word is "Z" or "z")
            return true;
        if (word.Length != 6 || word[0] is not ('+' or '-') || word[3] != ':'
            || !TryDigits(word[1..3], out var hours) || !TryDigits(word[4..], out var minutes) || hours > 23 || minutes > 59)
            return false;
        offset = new TimeSpan(hours, minutes, 0) * (word[0] == '-' ? -1 : 1);
        return true;
    }

    static bool TryDigits(ReadOnlySpan<char> digits, out int value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
                return false;
            value = value * 10 + digit - '0';
        }
        return true;
    }
}
