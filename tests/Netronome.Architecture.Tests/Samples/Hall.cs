using Netronome.Architecture.Tests.Samples.Kitchen;

namespace Netronome.Architecture.Tests.Samples.Hall;

/// <summary>A sample slice that asks at the door.</summary>
sealed class Waiter
{
    internal static string Ask() => Menu.Dish;
}

/// <summary>A sample slice that walks in: by an internal member, by an internal type inside a lambda, and by a list of it.</summary>
sealed class Thief
{
    internal static Func<int> Steal() => () => new List<Drawer> { new() }[0].Knives + Menu.Secret.Length;
}
