using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Marten.Exceptions;
using Marten.Linq;
using Marten.Sessions;
using Npgsql;
using NpgsqlTypes;

namespace Marten.Schema;

/// <summary>One document type made ready: its table, its constant SQL, its identity (published: DocumentStorage).</summary>
internal sealed partial class DocumentStorage
{
    /// <summary>The table is known to be there.</summary>
    public volatile bool Ready;

    private readonly JsonTypeInfo _json;
    private readonly PropertyInfo _id;
    private readonly Func<object, object?> _readId;

    public DocumentStorage(DocumentMapping mapping, StoreOptions options)
    {
        Mapping = mapping;
        DocumentType = mapping.DocumentType;
        _id = DocumentType.GetProperty("Id") ?? throw new MartenException($"The document {DocumentType.FullName} has no identity: give it a property Id");
        var document = Expression.Parameter(typeof(object));
        _readId = Expression.Lambda<Func<object, object?>>(
            Expression.Convert(Expression.Property(Expression.Convert(document, DocumentType), _id), typeof(object)), document).Compile();
        IdType = _id.PropertyType;
        (IdPgType, IdDbType) = IdType switch
        {
            _ when IdType == typeof(Guid) => ("uuid", NpgsqlDbType.Uuid),
            _ when IdType == typeof(string) => ("character varying", NpgsqlDbType.Varchar),
            _ => throw new MartenException($"{DocumentType.FullName}.Id is a {IdType.Name}; identities are Guid or string"),
        };
        Serializer = options.Json;
        SchemaName = options.DatabaseSchemaName;
        TableName = "mt_doc_" + mapping.Alias;
        Table = $"{Identifier.Quote(SchemaName)}.{Identifier.Quote(TableName)}";
        _json = Serializer.Options.GetTypeInfo(DocumentType);
        Locators = new Locators(Serializer, Identifier.Quote(SchemaName), DocumentType, []);
        Duplicates = [.. mapping.Duplicates.Values.Select(column => (column, Locators.Of(column.Path, "")))];
        Locators = new Locators(Serializer, Identifier.Quote(SchemaName), DocumentType, Duplicates.ToDictionary(
            duplicate => string.Join('.', duplicate.Locator.Path), duplicate => Identifier.Quote(duplicate.Column.Name)));
        Sql = new DocumentSql(this);
    }

    public DocumentMapping Mapping { get; }

    public Type DocumentType { get; }

    public Type IdType { get; }

    public string IdPgType { get; }

    public NpgsqlDbType IdDbType { get; }

    public DocumentSerializer Serializer { get; }

    public string SchemaName { get; }

    public string TableName { get; }

    /// <summary>Schema and table, quoted.</summary>
    public string Table { get; }

    public string PrimaryKey => $"pkey_{TableName}_id";

    /// <summary>Revisions are 32 bits wide in the tables of Marten 7 and 8.</summary>
    public bool SmallRevisions { get; set; }

    public (DuplicatedColumn Column, Locator Locator)[] Duplicates { get; }

    public Locators Locators { get; }

    public DocumentSql Sql { get; }

    /// <summary>What a duplicated column holds, read from a jsonb expression.</summary>
    public string ColumnValue(DuplicatedColumn column, string json)
    {
        var value = column.Path.Aggregate(Locators.Root(DocumentType, json), Locators.Member).Sql;
        return column.PgType is null ? value : $"CAST({value} as {column.PgType})";
    }

    public string ColumnType(DuplicatedColumn column, Locator locator) =>
        column.PgType ?? ScalarType.Of(locator.Type, Serializer)?.PgType ?? "varchar";

    public byte[] Write(object document)
    {
        try
        {
            return JsonSerializer.SerializeToUtf8Bytes(document, _json);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            throw Unwritable(document, failure);
        }
    }

    public void Write(object document, Utf8JsonWriter json)
    {
        try
        {
            JsonSerializer.Serialize(json, document, _json);
            json.Flush();
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            throw Unwritable(document, failure);
        }
    }

    public T Read<T>(NpgsqlDataReader reader) => Read(reader, row => JsonColumn.Read(row, 0, (JsonTypeInfo<T>)_json)!);

    public T Read<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read)
    {
        try
        {
            return read(reader);
        }
        catch (Exception failure) when (failure is JsonException or NotSupportedException)
        {
            throw new MartenException($"A document of {Table} cannot be read as {typeof(T).FullName}: {failure.Message}", failure);
        }
    }

    // Any exception: getters and converters throw what they like
    private MartenException Unwritable(object document, Exception failure) =>
        new($"The document {DocumentType.FullName} #{IdOf(document)} cannot be written as JSON: {failure.Message}", failure);
}
