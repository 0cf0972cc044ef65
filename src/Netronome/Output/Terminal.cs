using System.Runtime.InteropServices;
using System.Text;

namespace Netronome.Output;

/// <summary>Where a verb writes: results to <see cref="Out"/>, talk to <see cref="Error"/>, and what the two ends can show.</summary>
sealed partial class Terminal(TextReader input, TextWriter output, TextWriter error, TimeProvider time)
{
    const int DefaultColumns = 80;

    /// <summary>Standard input.</summary>
    public TextReader In => input;

    /// <summary>Standard output: results only, flushed at every write.</summary>
    public TextWriter Out => output;

    /// <summary>Standard error: progress, warnings and errors.</summary>
    public TextWriter Error => error;

    /// <summary>The clock of every verb.</summary>
    public TimeProvider Time => time;

    /// <summary>Somebody types: a prompt makes sense.</summary>
    public bool InputIsTerminal { get; init; }

    /// <summary>Results are read by a person as they appear: live display makes sense.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>Talk is read by a person: a progress line that overwrites itself makes sense.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>The locale can show characters outside ASCII.</summary>
    public bool Unicode { get; init; }

    /// <summary>Results may carry colour; decided by <see cref="ColourChoice"/> after the command line was read.</summary>
    public bool Colour { get; set; }

    /// <summary>Columns of the terminal now; 80 when there is none.</summary>
    public int Columns => OutputIsTerminal ? ReadColumns(1) : ErrorIsTerminal ? ReadColumns(2) : DefaultColumns;

    /// <summary>Opens the three standard streams of this process.</summary>
    public static Terminal Open(TimeProvider time)
    {
        var output = OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : new StandardOutput();
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new Terminal(Console.In, new StreamWriter(output, utf8) { AutoFlush = true, NewLine = "\n" }, Console.Error, time)
        {
            InputIsTerminal = !Console.IsInputRedirected,
            OutputIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            Unicode = OperatingSystem.IsWindows() || LocaleIsUtf8(),
        };
    }

    /// <summary>Writes <c>netronome VERB: message</c> to standard error and returns <paramref name="exitCode"/>.</summary>
    public int Fail(string verb, string message, int exitCode)
    {
        Error.WriteLine(verb.Length == 0 ? $"netronome: {message}" : $"netronome {verb}: {message}");
        return exitCode;
    }

    static bool LocaleIsUtf8()
    {
        // POSIX: LC_ALL beats LC_CTYPE beats LANG; an empty value counts as absent.
        string[] names = ["LC_ALL", "LC_CTYPE", "LANG"];
        var locale = names.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? "";
        return locale.Contains("UTF-8", StringComparison.OrdinalIgnoreCase) || locale.Contains("utf8", StringComparison.OrdinalIgnoreCase);
    }

    static int ReadColumns(int descriptor)
    {
        if (OperatingSystem.IsWindows())
            return Console.WindowWidth;
        // ioctl_tty(2) TIOCGWINSZ; asking the descriptor leaves the terminal's settings alone, which Console would change.
        var request = OperatingSystem.IsMacOS() ? 0x40087468u : 0x5413u;
        return IoControl(descriptor, request, out var size) == 0 && size.Columns > 0 ? size.Columns : DefaultColumns;
    }

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int IoControl(int descriptor, nuint request, out WindowSize size);

    /// <summary><c>struct winsize</c> of <c>asm-generic/termios.h</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    struct WindowSize
    {
        public ushort Rows;
        public ushort Columns;
        public ushort WidthPixels;
        public ushort HeightPixels;
    }
}
