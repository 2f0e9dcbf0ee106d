using Microsoft.Playwright;
using Xunit;

namespace MilleCafes.Explorer.Tests;

/// <summary>The distribution's Chromium, without a window; nothing is downloaded.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(30_000);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Find(),
            Args = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
        });
    }

    public async Task<Visit> VisitAsync(Uri address)
    {
        var page = await browser!.NewPageAsync(new() { Locale = "fr-FR", ViewportSize = new() { Width = 1400, Height = 1000 } });
        var visit = new Visit(page, address);
        await page.GotoAsync(address.ToString());
        return visit;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }

    private static string Find() =>
        (from folder in $"{Environment.GetEnvironmentVariable("PATH")}:/usr/bin".Split(':')
         from name in Names
         let path = Path.Combine(folder, name)
         where File.Exists(path)
         select path).FirstOrDefault() ?? throw new InvalidOperationException("There is no Chromium: run « apt-get install chromium ».");
}

/// <summary>One page, watched: what it asks other machines for, and what it complains of.</summary>
public sealed class Visit : IAsyncDisposable
{
    public Visit(IPage page, Uri address)
    {
        Page = page;
        page.Request += (_, request) =>
        {
            if (Uri.TryCreate(request.Url, UriKind.Absolute, out var asked) && asked.Scheme is "http" or "https" or "ws" or "wss" && asked.Authority != address.Authority)
            {
                Strangers.Add(request.Url);
            }
        };
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => Complaints.Add(error);
    }

    public IPage Page { get; }

    /// <summary>Addresses of other machines that the page asked for something.</summary>
    public List<string> Strangers { get; } = [];

    /// <summary>Errors and warnings of the page's console.</summary>
    public List<string> Complaints { get; } = [];

    public async ValueTask DisposeAsync() => await Page.CloseAsync();
}
