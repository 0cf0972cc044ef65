namespace Netronome.Architecture.Tests.Samples.Kitchen;

/// <summary>The public door of a sample slice.</summary>
public sealed class Menu
{
    public static string Dish => "soup";

    internal static string Secret => "salt";
}

/// <summary>The inside of the sample slice.</summary>
sealed class Drawer
{
    internal int Knives = 3;
}
