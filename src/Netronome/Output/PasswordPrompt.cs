using System.Text;

namespace Netronome.Output;

/// <summary>Asks a person for a password without showing it.</summary>
static class PasswordPrompt
{
    /// <summary>The typed line, or null when Ctrl-C was pressed.</summary>
    public static string? Ask(Terminal terminal, string prompt)
    {
        terminal.Error.Write($"{prompt} ");
        // Otherwise Ctrl-C becomes a signal that this wait never sees.
        Console.TreatControlCAsInput = true;
        try
        {
            return ReadLine();
        }
        finally
        {
            Console.TreatControlCAsInput = false;
            terminal.Error.WriteLine();
        }
    }

    static string? ReadLine()
    {
        var typed = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            switch (key)
            {
                case { Key: ConsoleKey.Enter }:
                    return typed.ToString();
                case { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control }:
                    return null;
                case { Key: ConsoleKey.Backspace } when typed.Length > 0:
                    typed.Length--;
                    break;
                case { Key: ConsoleKey.U, Modifiers: ConsoleModifiers.Control }:
                    typed.Clear();
                    break;
                case { KeyChar: >= ' ' }:
                    typed.Append(key.KeyChar);
                    break;
            }
        }
    }
}
