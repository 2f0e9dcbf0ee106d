using System.Text;

namespace MilleCafes.Host.Webhooks.Sending;

/// <summary>The first bytes of an endpoint's answer, as text.</summary>
internal static class AnswerStart
{
    private const int Kept = 1024;

    // The status has decided: an answer that breaks off or never ends is shown as far as it came. PostgreSQL's JSON has no character 0
    public static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var (start, count) = (new byte[Kept], 0);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            while (count < start.Length && await stream.ReadAsync(start.AsMemory(count), cancellationToken) is > 0 and var read)
            {
                count += read;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or HttpRequestException or IOException)
        {
        }

        return Encoding.UTF8.GetString(start, 0, count).Replace('\0', '\uFFFD');
    }
}
