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

    public string DatabaseSchemaName
    {
        get => _databaseSchemaName;
        set => _databaseSchemaName = value.ToLowerInvariant();
    }

    internal DocumentSerializer Json { get; private set; } = new(EnumStorage.AsInteger, Casing.Default, null);

    internal Dictionary<Type, DocumentMapping> Mappings { get; } = [];

    public void Connection(string connectionString) => (_connectionString, _dataSource) = (connectionString, null);

    public void Connection(NpgsqlDataSource dataSource) => (_connectionString, _dataSource) = (null, dataSource);

    public void RegisterDocumentType<T>() => MappingFor(typeof(T));

    public void UseSystemTextJsonForSerialization(
        EnumStorage enumStorage = EnumStorage.AsInteger, Casing casing = Casing.Default, Action<JsonSerializerOptions>? configure = null) =>
        Json = new DocumentSerializer(enumStorage, casing, configure);

    internal DocumentMapping MappingFor(Type type)
    {
        lock (Mappings)
        {
            if (!Mappings.TryGetValue(type, out var mapping))
            {
                mapping = new DocumentMapping(type);
                if (Mappings.Values.FirstOrDefault(known => known.Alias == mapping.Alias) is { } taken)
                {
                    throw new Exceptions.MartenException(
                        $"{type.FullName} and {taken.DocumentType.FullName} would share the table mt_doc_{mapping.Alias}: rename one, or give it a store of its own");
                }

                Mappings.Add(type, mapping);
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

        return string.IsNullOrWhiteSpace(_connectionString)
            ? throw new Exceptions.MartenException($"The store of the schema {DatabaseSchemaName} has no connection: call StoreOptions.Connection")
            : (NpgsqlDataSource.Create(_connectionString), true);
    }
}
