namespace Netronome.Output;

/// <summary>Finds the name somebody probably meant.</summary>
static class NearestName
{
    /// <summary>The candidate with the fewest edits from <paramref name="name"/>, or null when none is near.</summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        // A third of the letters may be wrong, at least two: "prot" finds "port", "x" finds nothing far away.
        var limit = Math.Max(2, name.Length / 3);
        string? best = null;
        foreach (var candidate in candidates)
        {
            var distance = Distance(name, candidate, limit);
            if (distance > limit || distance >= Math.Max(name.Length, candidate.Length))
                continue;
            best = candidate;
            limit = distance - 1;
            if (limit < 0)
                break;
        }
        return best;
    }

    /// <summary>Damerau–Levenshtein distance (optimal string alignment), ignoring case; more than <paramref name="limit"/> is cut short.</summary>
    static int Distance(string left, string right, int limit)
    {
        if (Math.Abs(left.Length - right.Length) > limit)
            return limit + 1;
        var rows = new int[3][];
        for (var row = 0; row < rows.Length; row++)
            rows[row] = new int[right.Length + 1];
        for (var column = 0; column <= right.Length; column++)
            rows[0][column] = column;
        for (var i = 1; i <= left.Length; i++)
        {
            var (current, above, beforeAbove) = (rows[i % 3], rows[(i - 1) % 3], rows[(i + 1) % 3]);
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = Same(left[i - 1], right[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], above[j]) + 1, above[j - 1] + cost);
                if (i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1]))
                    current[j] = Math.Min(current[j], beforeAbove[j - 2] + 1);
            }
        }
        return rows[left.Length % 3][right.Length];
    }

    static bool Same(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
