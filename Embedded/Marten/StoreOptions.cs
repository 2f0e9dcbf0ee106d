using System.Text.Json;
using JasperFx;
using Marten.Schema;
using Npgsql;
using Weasel.Core;

namespace Marten;

/// <summary>Everything a store is told before it starts: connection, schema, documents, serialisation.</summary>
public class StoreOptions
{
    /// <summary>The documents and their indexes.</summary>
    public readonly MartenRegistry Schema;

    private string _databaseSchemaName = "public";
    private NpgsqlDataSource? _dataSource;
    private string? _connectionString;

    public StoreOptions() => Schema = new MartenRegistry(this);

    public AutoCreate AutoCreateSchemaObjects { get; set; } = AutoCreate.CreateOrUpdate;

    /// <summary>The advisory lock under which the schema is changed.</summary>
    public int ApplyChangesLockId { get; set; } = 4004;

    public int CommandTimeout { get; set; } = 30;

    public string DatabaseSchemaName
    {
        get => _databaseSchemaName;
        set => _databaseSchemaName = value.ToLowerInvariant();
    }

    public int NameDataLength { get; set; } = 63;

    public string StoreName { get; set; } = "Marten";

    public EnumStorage EnumStorage => Json.EnumStorage;

    internal DocumentSerializer Json { get; private set; } = new(null, EnumStorage.AsInteger, Casing.Default, null);

    internal Dictionary<Type, DocumentMapping> Mappings { get; } = [];

    internal List<IInitialData> InitialData { get; } = [];

    public void Connection(string connectionString) => (_connectionString, _dataSource) = (connectionString, null);

    public void Connection(NpgsqlDataSource dataSource) => (_connectionString, _dataSource) = (null, dataSource);

    public void RegisterDocumentType<T>() => RegisterDocumentType(typeof(T));

    public void RegisterDocumentType(Type documentType) => MappingFor(documentType);

    public void RegisterDocumentTypes(IEnumerable<Type> documentTypes)
    {
        foreach (var type in documentTypes)
        {
            RegisterDocumentType(type);
        }
    }

    public void UseSystemTextJsonForSerialization(
        EnumStorage enumStorage = EnumStorage.AsInteger, Casing casing = Casing.Default, Action<JsonSerializerOptions>? configure = null) =>
        Json = new DocumentSerializer(null, enumStorage, casing, configure);

    public void UseSystemTextJsonForSerialization(
        JsonSerializerOptions options,
        EnumStorage enumStorage = EnumStorage.AsInteger,
        Casing casing = Casing.Default,
        Action<JsonSerializerOptions>? configure = null) =>
        Json = new DocumentSerializer(options, enumStorage, casing, configure);

    internal DocumentMapping MappingFor(Type type)
    {
        lock (Mappings)
        {
            if (!Mappings.TryGetValue(type, out var mapping))
            {
                Mappings[type] = mapping = new DocumentMapping(type, this);
            }

            return mapping;
        }
    }

    /// <summary>The source to use, and whether the store is the one to dispose of it.</summary>
    internal (NpgsqlDataSource Source, bool Owned) BuildDataSource()
    {
        if (_dataSource is not null)
        {
            return (_dataSource, false);
        }

        if (string.IsNullOrWhiteSpace(_connectionString))
        {
            throw new Exceptions.MartenException($"The store {StoreName} has no connection: call StoreOptions.Connection");
        }

        return (new NpgsqlDataSourceBuilder(_connectionString).Build(), true);
    }
}
