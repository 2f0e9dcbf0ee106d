using Npgsql;

namespace JasperFx
{
    /// <summary>Someone else has changed the document since it was read (published: JasperFx).</summary>
    public class ConcurrencyException : Exception
    {
        public ConcurrencyException(Type docType, object id)
            : this($"Optimistic concurrency check failed for {docType.FullName} #{id}", docType, id)
        {
        }

        public ConcurrencyException(string message, Type? docType, object? id)
            : base(message)
        {
            DocType = docType?.FullName ?? "";
            Id = id;
        }

        public ConcurrencyException(string message)
            : base(message)
        {
        }

        public ConcurrencyException(string message, Exception innerException)
            : base(message, innerException)
        {
        }

        public string DocType { get; set; } = "";

        public object? Id { get; set; }
    }

    /// <summary>A document was inserted under an id that is already taken (published: JasperFx).</summary>
    public class DocumentAlreadyExistsException : Exception
    {
        public DocumentAlreadyExistsException(Type documentType, object id)
            : this(null, documentType, id)
        {
        }

        public DocumentAlreadyExistsException(Exception? inner, Type documentType, object id)
            : base($"Document already exists {documentType.FullName}: {id}", inner)
        {
            DocType = documentType;
            Id = id;
        }

        public Type DocType { get; }

        public object Id { get; }
    }

    /// <summary>What may be done to the database at start; nothing is ever dropped here (published: JasperFx).</summary>
    public enum AutoCreate
    {
        All,
        CreateOrUpdate,
        CreateOnly,
        None,
    }
}

namespace Marten.Exceptions
{
    /// <summary>The root of what the document store throws by itself.</summary>
    public class MartenException : Exception
    {
        public MartenException()
        {
        }

        public MartenException(string message)
            : base(message)
        {
        }

        public MartenException(string message, Exception? innerException)
            : base(message, innerException)
        {
        }
    }

    /// <summary>PostgreSQL refused a command; the inner exception is its own.</summary>
    public class MartenCommandException : MartenException
    {
        public MartenCommandException(NpgsqlCommand? command, Exception innerException)
            : this(command, innerException, "")
        {
        }

        public MartenCommandException(NpgsqlCommand? command, Exception innerException, string prefix)
            : base($"{prefix}Marten command failure: {innerException.Message}{(command is null ? "" : $" ({command.CommandText})")}", innerException)
        {
            Command = command;
        }

        public NpgsqlCommand? Command { get; }
    }

    /// <summary>A query holds an expression that has no faithful translation to SQL; the message names it.</summary>
    public class BadLinqExpressionException : MartenException
    {
        public BadLinqExpressionException(string message)
            : base(message)
        {
        }

        public BadLinqExpressionException(string message, Exception innerException)
            : base(message, innerException)
        {
        }
    }

    /// <summary>A document that is not there was to be updated.</summary>
    public class NonExistentDocumentException(Type docType, object id)
        : Exception($"Nonexistent document {docType.FullName}: {id}")
    {
        public Type DocType { get; } = docType;

        public object Id { get; } = id;
    }
}
