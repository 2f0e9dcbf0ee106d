using Marten.Exceptions;
using Npgsql;
using NpgsqlTypes;

namespace Marten.Schema;

/// <summary>The identity of documents: read, given where it is empty, sent as a parameter (published: IIdentification).</summary>
internal sealed partial class DocumentStorage
{
    public object? IdOf(object document) => _readId(document);

    /// <summary>The identity of a document about to be stored; an empty Guid is replaced.</summary>
    public object Identify(object document)
    {
        switch (IdOf(document))
        {
            case Guid guid when guid == Guid.Empty:
                if (!_id.CanWrite)
                {
                    throw new MartenException($"{DocumentType.FullName}.Id is empty and cannot be set");
                }

                object given = Guid.CreateVersion7();
                _id.SetValue(document, given);
                return given;
            case null or "":
                throw new MartenException($"{DocumentType.FullName}.Id must be given before the document is stored");
            case var id:
                return id;
        }
    }

    public NpgsqlParameter IdParameter<TId>(TId id) where TId : notnull => id switch
    {
        Guid guid when IdDbType == NpgsqlDbType.Uuid => new NpgsqlParameter<Guid> { TypedValue = guid, NpgsqlDbType = NpgsqlDbType.Uuid },
        string text when IdDbType == NpgsqlDbType.Varchar => new NpgsqlParameter<string> { TypedValue = text, NpgsqlDbType = NpgsqlDbType.Varchar },
        _ => throw new MartenException($"The identity of {DocumentType.FullName} is a {IdType.Name}, not a {id.GetType().Name}"),
    };

    public Task CopyIdAsync(NpgsqlBinaryImporter copy, object document, CancellationToken token) => Identify(document) is Guid guid
        ? copy.WriteAsync(guid, NpgsqlDbType.Uuid, token)
        : copy.WriteAsync((string)IdOf(document)!, NpgsqlDbType.Varchar, token);
}
