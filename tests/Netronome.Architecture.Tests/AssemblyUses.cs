using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Netronome.Architecture.Tests;

/// <summary>
/// Reads a compiled assembly: what it references, imports, and which of its own types use which (base types, interfaces,
/// fields, signatures, attributes and method bodies). Nothing is loaded or run. Only inlined constants escape it.
/// </summary>
sealed class AssemblyUses : IDisposable
{
    static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value & 0xffff);

    readonly PEReader image;
    readonly MetadataReader metadata;

    internal AssemblyUses(string path)
    {
        image = new PEReader(File.OpenRead(path));
        metadata = image.GetMetadataReader();
    }

    internal IEnumerable<string> ReferencedAssemblies =>
        metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name));

    /// <summary>Full names of the foreign types that are used anywhere in the assembly.</summary>
    internal IEnumerable<string> ForeignTypes => metadata.TypeReferences.Select(FullName);

    /// <summary>Foreign members used anywhere, as "Namespace.Type::Member".</summary>
    internal IEnumerable<string> ForeignMembers => metadata.MemberReferences
        .Select(handle => metadata.GetMemberReference(handle))
        .Where(member => member.Parent.Kind == HandleKind.TypeReference)
        .Select(member => $"{FullName((TypeReferenceHandle)member.Parent)}::{metadata.GetString(member.Name)}");

    /// <summary>Native imports as (library, function).</summary>
    internal IEnumerable<(string Library, string Function)> NativeImports =>
        from handle in metadata.MethodDefinitions
        let import = metadata.GetMethodDefinition(handle).GetImport()
        where !import.Module.IsNil
        select (metadata.GetString(metadata.GetModuleReference(import.Module).Name), metadata.GetString(import.Name));

    /// <summary>Full names of the public types that stand in a namespace themselves.</summary>
    internal IEnumerable<string> PublicTypes => metadata.TypeDefinitions
        .Where(handle => (metadata.GetTypeDefinition(handle).Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public)
        .Select(FullName);

    internal IReadOnlyList<TypeUse> OwnUses()
    {
        var uses = new HashSet<TypeUse>();
        foreach (var handle in metadata.TypeDefinitions)
        {
            var user = FullName(Outermost(handle));
            foreach (var used in TokensOf(handle))
            {
                Add(uses, user, used);
            }
        }

        return [.. uses.Where(use => use.User != use.Used)];
    }

    IEnumerable<EntityHandle> TokensOf(TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        yield return type.BaseType;
        foreach (var implemented in type.GetInterfaceImplementations())
        {
            yield return metadata.GetInterfaceImplementation(implemented).Interface;
        }

        foreach (var attribute in type.GetCustomAttributes())
        {
            yield return metadata.GetCustomAttribute(attribute).Constructor;
        }

        foreach (var field in type.GetFields())
        {
            foreach (var named in TypeTokens.OfField(metadata, field))
            {
                yield return named;
            }
        }

        foreach (var method in type.GetMethods())
        {
            foreach (var token in TypeTokens.OfMethod(metadata, method).Concat(BodyTokens(method)))
            {
                yield return token;
            }
        }
    }

    List<EntityHandle> BodyTokens(MethodDefinitionHandle handle)
    {
        var tokens = new List<EntityHandle>();
        var address = metadata.GetMethodDefinition(handle).RelativeVirtualAddress;
        if (address == 0)
        {
            return tokens;
        }

        var body = image.GetMethodBody(address);
        if (!body.LocalSignature.IsNil)
        {
            tokens.AddRange(TypeTokens.OfLocals(metadata, body.LocalSignature));
        }

        var code = body.GetILReader();
        while (code.RemainingBytes > 0)
        {
            int value = code.ReadByte();
            var operation = Codes[value == 0xfe ? 0xfe00 | code.ReadByte() : value];
            switch (operation.OperandType)
            {
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    code.Offset += 1;
                    break;
                case OperandType.InlineVar:
                    code.Offset += 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    code.Offset += 8;
                    break;
                case OperandType.InlineSwitch:
                    var targets = code.ReadInt32();
                    code.Offset += 4 * targets;
                    break;
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    tokens.Add((EntityHandle)MetadataTokens.Handle(code.ReadInt32()));
                    break;
                default:
                    code.Offset += 4;
                    break;
            }
        }

        return tokens;
    }

    void Add(HashSet<TypeUse> uses, string user, EntityHandle used)
    {
        if (used.IsNil)
        {
            return;
        }

        switch (used.Kind)
        {
            case HandleKind.TypeDefinition:
                var type = (TypeDefinitionHandle)used;
                uses.Add(new TypeUse(user, FullName(Outermost(type)), FullName(type), IsPublic(type)));
                break;
            case HandleKind.MethodDefinition:
                var method = metadata.GetMethodDefinition((MethodDefinitionHandle)used);
                AddMember(uses, user, method.GetDeclaringType(), metadata.GetString(method.Name),
                    (method.Attributes & MethodAttributes.MemberAccessMask) == MethodAttributes.Public);
                break;
            case HandleKind.FieldDefinition:
                var field = metadata.GetFieldDefinition((FieldDefinitionHandle)used);
                AddMember(uses, user, field.GetDeclaringType(), metadata.GetString(field.Name),
                    (field.Attributes & FieldAttributes.FieldAccessMask) == FieldAttributes.Public);
                break;
            case HandleKind.MemberReference:
                Add(uses, user, metadata.GetMemberReference((MemberReferenceHandle)used).Parent);
                break;
            case HandleKind.MethodSpecification:
                Add(uses, user, metadata.GetMethodSpecification((MethodSpecificationHandle)used).Method);
                foreach (var argument in TypeTokens.OfSpecification(metadata, (MethodSpecificationHandle)used))
                {
                    Add(uses, user, argument);
                }

                break;
            case HandleKind.TypeSpecification:
                foreach (var part in TypeTokens.OfSpecification(metadata, (TypeSpecificationHandle)used))
                {
                    Add(uses, user, part);
                }

                break;
            default:
                break;
        }
    }

    void AddMember(HashSet<TypeUse> uses, string user, TypeDefinitionHandle owner, string name, bool memberIsPublic) =>
        uses.Add(new TypeUse(user, FullName(Outermost(owner)), $"{FullName(owner)}.{name}", memberIsPublic && IsPublic(owner)));

    bool IsPublic(TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        return (type.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.Public => true,
            TypeAttributes.NestedPublic => IsPublic(type.GetDeclaringType()),
            _ => false,
        };
    }

    TypeDefinitionHandle Outermost(TypeDefinitionHandle handle)
    {
        while (metadata.GetTypeDefinition(handle).GetDeclaringType() is { IsNil: false } outer)
        {
            handle = outer;
        }

        return handle;
    }

    string FullName(TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        var name = metadata.GetString(type.Name);
        return type.GetDeclaringType() is { IsNil: false } outer ? $"{FullName(outer)}.{name}"
            : type.Namespace.IsNil ? name : $"{metadata.GetString(type.Namespace)}.{name}";
    }

    string FullName(TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        var name = metadata.GetString(type.Name);
        return type.ResolutionScope is { IsNil: false, Kind: HandleKind.TypeReference } scope ? $"{FullName((TypeReferenceHandle)scope)}.{name}"
            : type.Namespace.IsNil ? name : $"{metadata.GetString(type.Namespace)}.{name}";
    }

    public void Dispose() => image.Dispose();
}
