namespace MilleCafes.Host.Platform;

/// <summary>The few lines meant for the person at the terminal, apart from the log.</summary>
internal sealed class Announcements(TextWriter output)
{
    public void Say(string line)
    {
        output.WriteLine(line);
        output.Flush();
    }
}
