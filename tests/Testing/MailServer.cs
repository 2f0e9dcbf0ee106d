using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace MilleCafes.Testing;

/// <summary>A mail as it went over the line.</summary>
public sealed record ReceivedMail(string From, string To, string Content, string? User, string? Password)
{
    /// <summary>The text after the headers, decoded.</summary>
    public string Text
    {
        get
        {
            var body = Content[(Content.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
            return Content.Contains("base64", StringComparison.OrdinalIgnoreCase) ? Encoding.UTF8.GetString(Convert.FromBase64String(body.Replace("\r\n", "", StringComparison.Ordinal))) : body;
        }
    }
}

/// <summary>A mail server (RFC 5321) on a free port of this machine, without encryption; whose address begins with « unknown. » it does not know, and « later. » it puts off.</summary>
public sealed class MailServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly Channel<ReceivedMail> mails = Channel.CreateUnbounded<ReceivedMail>();
    private readonly ConcurrentQueue<ReceivedMail> all = new();
    private readonly List<string> said = [];
    private readonly Task work;
    private int refusals;

    /// <param name="refusals">How many mails are put off before one is taken.</param>
    public MailServer(int refusals = 0)
    {
        this.refusals = refusals;
        listener.Start();
        work = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Every line that clients said.</summary>
    public string Said
    {
        get
        {
            lock (said)
            {
                return string.Join('\n', said);
            }
        }
    }

    /// <summary>All that came for this address, the oldest first.</summary>
    public IReadOnlyList<ReceivedMail> To(string address) => [.. all.Where(mail => mail.To.Contains($"<{address}>", StringComparison.OrdinalIgnoreCase))];

    /// <summary>The newest mail for this address, as soon as there are so many.</summary>
    public async Task<ReceivedMail> ToAsync(string address, int count = 1)
    {
        await Eventually.True(() => Task.FromResult(To(address).Count >= count), Patience, $"{count} mails to {address}");
        return To(address)[count - 1];
    }

    /// <summary>The next mail for whomever.</summary>
    public Task<ReceivedMail> NextAsync(CancellationToken token) => mails.Reader.ReadAsync(token).AsTask().WaitAsync(Patience, token);

    /// <summary>Keeps nothing of what came.</summary>
    public void Forget()
    {
        all.Clear();
        while (mails.Reader.TryRead(out _))
        {
        }

        lock (said)
        {
            said.Clear();
        }
    }

    /// <summary>Hangs up.</summary>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Dispose();
        await work;
        ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(ending.Token);
                await ServeAsync(client.GetStream());
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or InvalidOperationException or SocketException or IOException)
        {
        }
    }

    private async Task ServeAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        var mail = new ReceivedMail("", "", "", null, null);
        await writer.WriteLineAsync("220 test");
        while (await ReadAsync() is { } line)
        {
            switch (line.Split(' ')[0].ToUpperInvariant())
            {
                case "EHLO":
                    await writer.WriteLineAsync("250-test\r\n250-AUTH LOGIN\r\n250 8BITMIME");
                    break;
                case "AUTH":
                    var user = line.Split(' ') is [_, _, var given] ? given : await AskAsync("334 VXNlcm5hbWU6");
                    mail = mail with { User = Decode(user), Password = Decode(await AskAsync("334 UGFzc3dvcmQ6")) };
                    await writer.WriteLineAsync("235 welcome");
                    break;
                case "MAIL" when Interlocked.Decrement(ref refusals) >= 0:
                    await writer.WriteLineAsync("451 later");
                    break;
                case "MAIL":
                    mail = mail with { From = line };
                    await writer.WriteLineAsync("250 ok");
                    break;
                case "RCPT" when line.Contains("unknown.", StringComparison.Ordinal):
                    await writer.WriteLineAsync($"550 5.1.1 {line[8..]}: no such user");
                    break;
                case "RCPT" when line.Contains("later.", StringComparison.Ordinal):
                    await writer.WriteLineAsync("451 4.7.1 later");
                    break;
                case "RCPT":
                    mail = mail with { To = line };
                    await writer.WriteLineAsync("250 ok");
                    break;
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    var content = new StringBuilder();
                    for (var text = await reader.ReadLineAsync(ending.Token); text is not null and not "."; text = await reader.ReadLineAsync(ending.Token))
                    {
                        content.Append(text).Append("\r\n");
                    }

                    mail = mail with { Content = content.ToString() };
                    all.Enqueue(mail);
                    mails.Writer.TryWrite(mail);
                    await writer.WriteLineAsync("250 taken");
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return;
                default:
                    await writer.WriteLineAsync("502 what?");
                    break;
            }
        }

        async Task<string> AskAsync(string question)
        {
            await writer.WriteLineAsync(question);
            return await ReadAsync() ?? "";
        }

        async Task<string?> ReadAsync()
        {
            var line = await reader.ReadLineAsync(ending.Token);
            lock (said)
            {
                said.Add(line ?? "");
            }

            return line;
        }
    }

    private static string Decode(string text) => Encoding.UTF8.GetString(Convert.FromBase64String(text));
}
