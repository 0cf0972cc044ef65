using System.Globalization;
using Netronome.TestLab;

// A lab to try things in by hand: client - router - server, with the given loss and one-way delay in milliseconds
// behind the router. It lives until standard input ends.
using var lab = Lab.Create();
var (client, router, server) = (lab.AddHost("client"), lab.AddRouter("router"), lab.AddHost("server"));
lab.Link(client, router);
lab.Link(router, server, new LinkConditions
{
    Loss = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 0.05,
    Delay = TimeSpan.FromMilliseconds(args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 10),
});
lab.InstallRoutes();
foreach (var host in lab.Hosts)
{
    Console.WriteLine($"{host.Name,-7} {host.V4,-12} {host.V6,-15} ip netns exec {host.NamespaceName} COMMAND");
}

Console.WriteLine("ready; ends with its input");
while (Console.ReadLine() is not null)
{
}
