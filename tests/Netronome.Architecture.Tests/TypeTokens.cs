using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Netronome.Architecture.Tests;

/// <summary>The types named by a signature: those of a field, a method, its locals, or a constructed type's parts.</summary>
static class TypeTokens
{
    static readonly Collector Names = new();

    internal static ImmutableArray<EntityHandle> OfField(MetadataReader metadata, FieldDefinitionHandle field) =>
        metadata.GetFieldDefinition(field).DecodeSignature(Names, null);

    internal static IEnumerable<EntityHandle> OfMethod(MetadataReader metadata, MethodDefinitionHandle method)
    {
        var signature = metadata.GetMethodDefinition(method).DecodeSignature(Names, null);
        return signature.ParameterTypes.SelectMany(part => part).Concat(signature.ReturnType);
    }

    internal static IEnumerable<EntityHandle> OfLocals(MetadataReader metadata, StandaloneSignatureHandle locals) =>
        metadata.GetStandaloneSignature(locals).DecodeLocalSignature(Names, null).SelectMany(part => part);

    internal static IEnumerable<EntityHandle> OfSpecification(MetadataReader metadata, MethodSpecificationHandle method) =>
        metadata.GetMethodSpecification(method).DecodeSignature(Names, null).SelectMany(part => part);

    internal static ImmutableArray<EntityHandle> OfSpecification(MetadataReader metadata, TypeSpecificationHandle type) =>
        metadata.GetTypeSpecification(type).DecodeSignature(Names, null);

    /// <summary>Decodes a signature into the handles of all types it is made of.</summary>
    sealed class Collector : ISignatureTypeProvider<ImmutableArray<EntityHandle>, object?>
    {
        public ImmutableArray<EntityHandle> GetArrayType(ImmutableArray<EntityHandle> elementType, ArrayShape shape) => elementType;

        public ImmutableArray<EntityHandle> GetByReferenceType(ImmutableArray<EntityHandle> elementType) => elementType;

        public ImmutableArray<EntityHandle> GetFunctionPointerType(MethodSignature<ImmutableArray<EntityHandle>> signature) =>
            [.. signature.ParameterTypes.SelectMany(part => part), .. signature.ReturnType];

        public ImmutableArray<EntityHandle> GetGenericInstantiation(
            ImmutableArray<EntityHandle> genericType, ImmutableArray<ImmutableArray<EntityHandle>> typeArguments) =>
            [.. genericType, .. typeArguments.SelectMany(part => part)];

        public ImmutableArray<EntityHandle> GetGenericMethodParameter(object? genericContext, int index) => [];

        public ImmutableArray<EntityHandle> GetGenericTypeParameter(object? genericContext, int index) => [];

        public ImmutableArray<EntityHandle> GetModifiedType(
            ImmutableArray<EntityHandle> modifier, ImmutableArray<EntityHandle> unmodifiedType, bool isRequired) => unmodifiedType;

        public ImmutableArray<EntityHandle> GetPinnedType(ImmutableArray<EntityHandle> elementType) => elementType;

        public ImmutableArray<EntityHandle> GetPointerType(ImmutableArray<EntityHandle> elementType) => elementType;

        public ImmutableArray<EntityHandle> GetPrimitiveType(PrimitiveTypeCode typeCode) => [];

        public ImmutableArray<EntityHandle> GetSZArrayType(ImmutableArray<EntityHandle> elementType) => elementType;

        public ImmutableArray<EntityHandle> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
            [handle];

        public ImmutableArray<EntityHandle> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
            [handle];

        public ImmutableArray<EntityHandle> GetTypeFromSpecification(
            MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);
    }
}
