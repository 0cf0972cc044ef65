using System.CommandLine;
using Netronome.Commands;
using Netronome.Output;

using var interrupt = new Interrupt();
var terminal = Terminal.Open(TimeProvider.System);
var root = new RootCommand("Measures networks: monitors, speed tests, history, and the page that shows them.")
{
    ServeCommand.Create(terminal),
    PingCommand.Create(terminal),
    Iperf3Command.Create(terminal),
    GenerateConfigCommand.Create(terminal),
    ConfigCommand.Create(terminal),
    AccountCommand.CreateUser(terminal),
    AccountCommand.ChangePassword(terminal),
    VersionCommand.Create(terminal),
};
return await CommandLine.RunAsync(root, args, terminal, interrupt.Token);
