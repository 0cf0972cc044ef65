using System.CommandLine;
using Netronome.Configuration;
using Netronome.Output;
using Netronome.Server;
using Netronome.Server.Accounts;

namespace Netronome.Commands;

/// <summary><c>netronome create-user</c> and <c>change-password</c>, on the database of the configuration.</summary>
static class AccountCommand
{
    public static Command CreateUser(Terminal terminal) => Create(
        terminal, "create-user", "Make the first account; the server must not be running", "Enter password:", AccountCommands.CreateUserAsync,
        name => $"User {name} created");

    public static Command ChangePassword(Terminal terminal) => Create(
        terminal, "change-password", "Set the password of an account and end its sessions; the server must not be running", "Enter new password:",
        AccountCommands.ChangePasswordAsync, name => $"Password of {name} changed");

    static Command Create(
        Terminal terminal, string verb, string description, string prompt,
        Func<ServerOptions, string, string, CancellationToken, Task<AccountResult>> work, Func<string, string> done)
    {
        var username = new Argument<string>("username") { Description = "Name of the account" };
        var config = ConfigOption.Create();
        var fromInput = new Option<bool>("--password-stdin") { Description = "Read the password from standard input, without a prompt" };
        var command = new Command(verb, description) { username, config, fromInput };
        command.SetAction(async (parse, cancellationToken) =>
        {
            var reading = ConfigLoader.Load(ConfigSources.OfProcess(ConfigOption.Read(parse, config)));
            if (reading.Faults.Count > 0)
                return ConfigFaults.Report(terminal, verb, reading);
            var password = terminal.InputIsTerminal && !parse.GetValue(fromInput)
                ? PasswordPrompt.Ask(terminal, prompt)
                : (await terminal.In.ReadToEndAsync(cancellationToken)).Trim();
            if (password is null)
                return ExitCode.Interrupted;
            if (password.Length == 0)
                return terminal.Fail(verb, "the password is empty", ExitCode.Failed);
            var name = parse.GetRequiredValue(username);
            var result = await work(ServerMapping.Map(reading.Config), name, password, cancellationToken);
            if (result.Fault is { } fault)
                return terminal.Fail(verb, fault, result.IsDatabaseFault ? ExitCode.InputOutput : ExitCode.Failed);
            terminal.Out.WriteLine(done(name));
            return ExitCode.Success;
        });
        return command;
    }
}
