using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Marten.Exceptions;
using Marten.Linq;
using Npgsql;
using NpgsqlTypes;

namespace Marten.Schema;

/// <summary>One document type made ready: its table, its constant SQL, its identity (published: DocumentStorage).</summary>
internal sealed class DocumentStorage
{
    private readonly JsonTypeInfo _json;

    public DocumentStorage(DocumentMapping mapping, StoreOptions options)
    {
        Mapping = mapping;
        DocumentType = mapping.DocumentType;
        IdMember = mapping.IdMember as PropertyInfo
            ?? throw new MartenException($"The document {DocumentType.FullName} has no identity: give it a property Id, or call Identity(…)");
        IdType = IdMember.PropertyType;
        (IdPgType, IdDbType) = IdType switch
        {
            _ when IdType == typeof(Guid) => ("uuid", NpgsqlDbType.Uuid),
            _ when IdType == typeof(string) => ("character varying", NpgsqlDbType.Varchar),
            _ when IdType == typeof(int) => ("integer", NpgsqlDbType.Integer),
            _ when IdType == typeof(long) => ("bigint", NpgsqlDbType.Bigint),
            _ => throw new MartenException($"{DocumentType.FullName}.{IdMember.Name} is a {IdType.Name}; identities are Guid, string, int or long"),
        };
        Serializer = options.Json;
        SchemaName = mapping.SchemaName;
        TableName = "mt_doc_" + mapping.Alias;
        Table = $"{Identifier.Quote(SchemaName)}.{Identifier.Quote(TableName, options.NameDataLength)}";
        FunctionSchema = options.DatabaseSchemaName;
        _json = Serializer.Options.GetTypeInfo(DocumentType);
        var locators = new Locators(Serializer, Identifier.Quote(FunctionSchema))
        {
            DocumentType = DocumentType,
            IdMember = IdMember.Name,
            DuplicatedColumns = new Dictionary<string, string>(),
        };
        Duplicates = [.. mapping.Duplicates.Values.Select(column => (column, locators.Of(column.Path, "")))];
        Locators = Duplicates.Length == 0 ? locators : new Locators(Serializer, Identifier.Quote(FunctionSchema))
        {
            DocumentType = DocumentType,
            IdMember = IdMember.Name,
            DuplicatedColumns = Duplicates.ToDictionary(
                duplicate => string.Join('.', duplicate.Locator.Path), duplicate => Identifier.Quote(duplicate.Column.Name)),
        };
        Sql = new DocumentSql(this);
    }

    public DocumentMapping Mapping { get; }

    public Type DocumentType { get; }

    public PropertyInfo IdMember { get; }

    public Type IdType { get; }

    public string IdPgType { get; }

    public NpgsqlDbType IdDbType { get; }

    public DocumentSerializer Serializer { get; }

    public string SchemaName { get; }

    public string TableName { get; }

    /// <summary>Schema and table, quoted.</summary>
    public string Table { get; }

    /// <summary>Where the store keeps its functions.</summary>
    public string FunctionSchema { get; }

    public (DuplicatedColumn Column, Locator Locator)[] Duplicates { get; }

    public Locators Locators { get; }

    public DocumentSql Sql { get; }

    /// <summary>The table is known to be there.</summary>
    public volatile bool Ready;

    /// <summary>What a duplicated column holds, read from a jsonb expression.</summary>
    public string ColumnValue(DuplicatedColumn column, string json)
    {
        var value = column.Path.Aggregate(Locators.Root(DocumentType, json), Locators.Member).Sql;
        return column.PgType is null ? value : $"CAST({value} as {column.PgType})";
    }

    public string ColumnType(DuplicatedColumn column, Locator locator) =>
        column.PgType ?? ScalarType.Of(locator.Type, Serializer)?.PgType ?? "varchar";

    /// <summary>The identity of a document about to be stored; an empty Guid is replaced.</summary>
    public object Identify(object document)
    {
        var id = IdMember.GetValue(document);
        switch (id)
        {
            case Guid guid when guid == Guid.Empty:
                if (!IdMember.CanWrite)
                {
                    throw new MartenException($"{DocumentType.FullName}.{IdMember.Name} is empty and cannot be set");
                }

                id = Guid.CreateVersion7();
                IdMember.SetValue(document, id);
                return id;
            case null or "" or 0 or 0L:
                throw new MartenException($"{DocumentType.FullName}.{IdMember.Name} must be given before the document is stored");
            default:
                return id;
        }
    }

    public NpgsqlParameter IdParameter(object id) => id.GetType() == IdType
        ? new NpgsqlParameter { Value = id, NpgsqlDbType = IdDbType }
        : throw new MartenException($"The identity of {DocumentType.FullName} is a {IdType.Name}, not a {id.GetType().Name}");

    public byte[] Write(object document)
    {
        try
        {
            return JsonSerializer.SerializeToUtf8Bytes(document, _json);
        }
        catch (Exception failure) when (failure is JsonException or NotSupportedException or ArgumentException)
        {
            throw new MartenException($"The document {DocumentType.FullName} #{IdMember.GetValue(document)} cannot be written as JSON: {failure.Message}", failure);
        }
    }

    public T Read<T>(NpgsqlDataReader reader, int ordinal = 0)
    {
        try
        {
            return JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(ordinal), (JsonTypeInfo<T>)_json)!;
        }
        catch (Exception failure) when (failure is JsonException or NotSupportedException)
        {
            throw new MartenException($"A document of {Table} cannot be read as {DocumentType.FullName}: {failure.Message}", failure);
        }
    }
}
