namespace Netronome.Architecture.Tests;

/// <summary>One of our types uses another type, or a member of it.</summary>
/// <param name="User">Full name of the outermost type that uses.</param>
/// <param name="Used">Full name of the outermost type that is used.</param>
/// <param name="What">The member or nested type used, or the type itself.</param>
/// <param name="IsPublic">Whether what is used is public in every part, so that another slice may use it.</param>
sealed record TypeUse(string User, string Used, string What, bool IsPublic)
{
    internal static string NamespaceOf(string type) => type.LastIndexOf('.') is > 0 and var dot ? type[..dot] : "";
}
