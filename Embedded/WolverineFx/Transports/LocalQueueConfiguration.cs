using Wolverine.Configuration;

namespace Wolverine.Transports
{
    /// <summary>How many messages a queue holds in memory, and at how few it fetches more from the table.</summary>
    public record BufferingLimits(int Maximum, int Restart);
}

namespace Wolverine.Transports.Local
{
    /// <summary>A queue inside this application, kept in the message tables.</summary>
    public class LocalQueue(string name) : Endpoint
    {
        public string EndpointName { get; } = name;

        internal static Uri UriFor(string name) => new($"local://{name.ToLowerInvariant()}/");
    }

    /// <summary>Settings of one local queue.</summary>
    public class LocalQueueConfiguration(LocalQueue endpoint) : ListenerConfiguration<LocalQueueConfiguration, LocalQueue>(endpoint)
    {
        private protected override LocalQueueConfiguration Self => this;
    }
}
