using Wolverine;

namespace MilleCafes.Shared;

/// <summary>What the application is doing where no request asks: handling a message, or what a clock told it to.</summary>
public sealed class Acting : IDisposable
{
    private static readonly AsyncLocal<Acting?> Ambient = new();

    private Acting(Origin origin, TimeProvider time) => (Origin, Time) = (origin, time);

    internal static Acting? Current => Ambient.Value;

    internal Origin Origin { get; }

    internal TimeProvider Time { get; }

    /// <summary>Says that a clock does this, and nobody else, until it is disposed of.</summary>
    /// <param name="work">A name that stays: the audit tells it.</param>
    public static Acting ByClock(string work, TimeProvider time) => Ambient.Value = new(new(work, null, null, Origin.NewTrace()), time);

    /// <summary>Says that what goes along with a request's act is the doing of whoever asks.</summary>
    internal static Acting ByRequest(Origin origin, TimeProvider time) => Ambient.Value = new(origin, time);

    /// <summary>Called ahead of every message handler: what it does goes back to whoever's request the message goes back to.</summary>
    public static void Before(Envelope envelope, IMessageContext context, TimeProvider time)
    {
        if (envelope.Message is IActOfNobody)
        {
            context.UserName = null;
        }

        Ambient.Value = new(Origin.Of(envelope.Message!, context.UserName, context.CorrelationId), time);
    }

    public void Dispose() => Ambient.Value = null;
}

/// <summary>A message of a clock or a machine: what comes of it is the system's doing, whoever's request set it off.</summary>
public interface IActOfNobody;
