namespace MilleCafes.Tour;

/// <summary>Ends the tour; its message is one line for the person at the terminal.</summary>
internal sealed class TourException : Exception
{
    public TourException()
    {
    }

    public TourException(string message)
        : base(message)
    {
    }

    public TourException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
