using System.Reflection;
using System.Reflection.Emit;
using Marten.Exceptions;

namespace Marten.Internal;

/// <summary>Writes the class behind a marker interface at run time: a <see cref="DocumentStore"/> that is also a T.</summary>
internal static class StoreImplementation<T>
    where T : class, IDocumentStore
{
    private static readonly Lazy<Type> Implementation = new(Emit);

    public static T Create(StoreOptions options)
    {
        try
        {
            return (T)Activator.CreateInstance(Implementation.Value, options)!;
        }
        catch (TargetInvocationException failure) when (failure.InnerException is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure.InnerException);
            throw;
        }
    }

    private static Type Emit()
    {
        if (!typeof(T).IsInterface || !typeof(T).IsVisible || typeof(T).GetMembers().Length > 0)
        {
            throw new MartenException($"{typeof(T).FullName} must be a public interface without members of its own");
        }

        var module = AssemblyBuilder
            .DefineDynamicAssembly(new AssemblyName("Marten.Stores." + typeof(T).FullName), AssemblyBuilderAccess.Run)
            .DefineDynamicModule("Stores");
        var type = module.DefineType(typeof(T).Name + "_Implementation", TypeAttributes.Public | TypeAttributes.Sealed, typeof(DocumentStore), [typeof(T)]);
        var constructor = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, [typeof(StoreOptions)]);
        var body = constructor.GetILGenerator();
        body.Emit(OpCodes.Ldarg_0);
        body.Emit(OpCodes.Ldarg_1);
        body.Emit(OpCodes.Call, typeof(DocumentStore).GetConstructor([typeof(StoreOptions)])!);
        body.Emit(OpCodes.Ret);
        return type.CreateType();
    }
}
